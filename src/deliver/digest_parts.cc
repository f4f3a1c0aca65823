#include "deliver/digest_parts.h"

#include <string_view>

namespace sotevahti::deliver {
namespace {

std::string_view trimmed_slash(std::string_view url) {
  while (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

}  // namespace

Sender Sender::of(const config::Settings& settings) {
  Sender sender;
  sender.from = settings.mail.from;
  sender.from_name = settings.mail.from_name;
  sender.reply_to = settings.mail.reply_to;
  sender.organisation = settings.digest.organisation;
  sender.reminder_days = settings.digest.reminder_days;
  sender.public_url = settings.web.public_url.empty() ? "http://" + settings.web.listen
                                                      : std::string(trimmed_slash(settings.web.public_url));
  return sender;
}

}  // namespace sotevahti::deliver
