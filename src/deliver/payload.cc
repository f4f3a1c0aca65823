#include "deliver/payload.h"

#include <fmt/format.h>

#include <charconv>

#include "base/hash.h"

namespace sotevahti::deliver {
namespace {

using Use = archive::People::TokenUse;

std::string_view name_of(Use use) {
  switch (use) {
    case Use::unsubscribe: return "unsubscribe";
    case Use::manage: return "manage";
    case Use::confirm: return "confirm";
  }
  return "unsubscribe";
}

Use use_of(std::string_view name) {
  if (name == "manage") return Use::manage;
  return name == "confirm" ? Use::confirm : Use::unsubscribe;
}

// "unsubscribe 12 STANDIN"; 0 for the whole person.
StandIn read_line(std::string_view line) {
  const auto first = line.find(' ');
  const auto second = line.find(' ', first + 1);
  StandIn stand_in;
  stand_in.use = use_of(line.substr(0, first));
  const std::string_view number = line.substr(first + 1, second - first - 1);
  archive::SubscriptionId id = 0;
  std::from_chars(number.data(), number.data() + number.size(), id);
  if (id != 0) stand_in.subscription = id;
  stand_in.text = line.substr(second + 1);
  return stand_in;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

}  // namespace

StandIn make_stand_in(Use use, std::optional<archive::SubscriptionId> subscription) {
  StandIn made;
  made.use = use;
  made.subscription = subscription;
  made.text = base::random_token();
  return made;
}

std::string pack_mail(const std::vector<StandIn>& stand_ins, std::string_view mail) {
  std::string payload;
  for (const StandIn& one : stand_ins)
    payload += fmt::format("@{} {} {}\n", name_of(one.use), one.subscription.value_or(0), one.text);
  return payload.append(mail);
}

std::string unpack_mail(std::string_view payload, const std::function<std::string(const StandIn&)>& token) {
  std::vector<StandIn> stand_ins;
  while (payload.starts_with('@')) {
    const auto end = payload.find('\n');
    if (end == std::string_view::npos) break;
    stand_ins.push_back(read_line(payload.substr(1, end - 1)));
    payload.remove_prefix(end + 1);
  }
  std::string mail(payload);
  for (const StandIn& one : stand_ins)
    if (!one.text.empty()) replace_all(mail, one.text, token(one));
  return mail;
}

}  // namespace sotevahti::deliver
