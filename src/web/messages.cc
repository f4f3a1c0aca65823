#include "web/messages.h"

#include <map>
#include <stdexcept>

#include "web/embedded_assets.h"

namespace sotevahti::web {
namespace {

using ByLanguage = std::map<std::string, digest::Messages>;

ByLanguage read_all() {
  ByLanguage read;
  for (const char* code : {"fi", "sv", "en"}) {
    const std::string name = std::string("messages/") + code + ".txt";
    auto messages =
        digest::Messages::read(name, base::content_of(assets(), name), read.empty() ? nullptr : &read.begin()->second);
    if (!messages) throw std::logic_error(messages.error().message);
    read.emplace(code, std::move(*messages));
  }
  return read;
}

}  // namespace

const digest::Messages& messages_in(const std::string& language) {
  static const ByLanguage all = read_all();
  const auto found = all.find(language);
  return found == all.end() ? all.at("fi") : found->second;
}

}  // namespace sotevahti::web
