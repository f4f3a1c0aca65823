#include "config/settings_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <type_traits>
#include <utility>

#include "config/values.h"

namespace sotevahti::config {
namespace {

using namespace std::chrono_literals;

std::string wrong_type(const Value& value, std::string_view wanted) {
  return fmt::format("this is {}: write {}", value.kind, wanted);
}

template <class T>
std::string out_of_bounds(const T& value, const T& least, const T& most, std::string_view given,
                          std::string_view bounds) {
  if (value < least) return fmt::format("{} is too little: write {}", given, bounds);
  if (value > most) return fmt::format("{} is too much: write {}", given, bounds);
  return {};
}

std::optional<std::int64_t> whole_of(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value.held)) return *number;
  const auto* text = std::get_if<std::string>(&value.held);
  if (text == nullptr || !value.from_environment) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return number;
}

// In the environment a list is written with commas.
std::optional<std::vector<std::string>> list_of(const Value& value) {
  if (const auto* list = std::get_if<std::vector<std::string>>(&value.held)) return *list;
  const auto* text = std::get_if<std::string>(&value.held);
  if (text == nullptr || !value.from_environment) return std::nullopt;
  std::vector<std::string> list;
  for (std::size_t from = 0; from <= text->size();) {
    const auto comma = std::min(text->find(',', from), text->size());
    const auto first = text->find_first_not_of(' ', from);
    if (first < comma) list.push_back(text->substr(first, text->find_last_not_of(' ', comma - 1) + 1 - first));
    from = comma + 1;
  }
  return list;
}

// A member of Settings: [](auto& s) -> auto& { return s.poll.interval; }
template <class Member>
using member_t = std::remove_reference_t<std::invoke_result_t<Member, Settings&>>;

const Settings& defaults() {
  static const Settings settings;
  return settings;
}

struct Words {
  std::string_view name;
  std::string_view help;
  std::string_view worked_out{};
};

Key key_of(const Words& words, std::string_view type, std::string bounds = "") {
  return {words.name, type, std::move(bounds), words.help, words.worked_out, {}, {}, {}};
}

template <class Member>
Key text(Words words, Member member, Check check = nullptr) {
  Key key = key_of(words, "text");
  key.set = [=](const Value& value, Settings& s) -> std::string {
    const auto* given = std::get_if<std::string>(&value.held);
    if (given == nullptr) return wrong_type(value, "a text in quotes");
    if (check != nullptr && !given->empty()) {
      if (auto wrong = check(*given); !wrong.empty()) return wrong;
    }
    member(s) = given->empty() ? member(defaults()) : *given;
    return {};
  };
  key.show = [=](const Settings& s) { return as_toml(member(s)); };
  return key;
}

template <class Member>
Key path(Words words, Member member) {
  Key key = key_of(words, "path");
  key.set = [=](const Value& value, Settings& s) -> std::string {
    const auto* given = std::get_if<std::string>(&value.held);
    if (given == nullptr) return wrong_type(value, "a path in quotes");
    member(s) = *given;
    return {};
  };
  key.show = [=](const Settings& s) { return as_toml(member(s).string()); };
  key.path = [=](Settings& s) { return &member(s); };
  return key;
}

// Whole numbers, and milliseconds written as such.
template <class Member>
Key whole(Words words, Member member, std::int64_t least, std::int64_t most) {
  const std::string bounds = fmt::format("{} to {}", least, most);
  using T = member_t<Member>;
  Key key = key_of(words, "whole number", bounds);
  key.set = [=](const Value& value, Settings& s) -> std::string {
    const auto given = whole_of(value);
    if (!given) return wrong_type(value, fmt::format("a whole number without quotes, {}", bounds));
    if (auto wrong = out_of_bounds(*given, least, most, fmt::to_string(*given), bounds); !wrong.empty()) {
      return wrong;
    }
    member(s) = static_cast<T>(*given);
    return {};
  };
  key.show = [=](const Settings& s) {
    if constexpr (std::is_same_v<T, milliseconds>) {
      return fmt::to_string(member(s).count());
    } else {
      return fmt::to_string(member(s));
    }
  };
  return key;
}

template <class Member>
Key duration(Words words, Member member, seconds least, seconds most) {
  const std::string bounds = fmt::format("{} to {}", duration_text(least), duration_text(most));
  Key key = key_of(words, "time", bounds);
  key.set = [=](const Value& value, Settings& s) -> std::string {
    const auto* given = std::get_if<std::string>(&value.held);
    if (given == nullptr) {
      return wrong_type(value, "a time with its unit in quotes: \"30s\", \"15min\", \"2h\" or \"7d\"");
    }
    const auto time = parse_duration(*given);
    if (!time) return time.error().message;
    if (auto wrong = out_of_bounds(*time, least, most, *given, bounds); !wrong.empty()) return wrong;
    member(s) = *time;
    return {};
  };
  key.show = [=](const Settings& s) { return as_toml(duration_text(member(s))); };
  return key;
}

template <class Member>
Key size(Words words, Member member, std::size_t least, std::size_t most) {
  const std::string bounds = fmt::format("{} to {}", size_text(least), size_text(most));
  Key key = key_of(words, "size", bounds);
  key.set = [=](const Value& value, Settings& s) -> std::string {
    const auto* given = std::get_if<std::string>(&value.held);
    if (given == nullptr) return wrong_type(value, "a size with its unit in quotes: \"512KiB\" or \"10MiB\"");
    const auto bytes = parse_size(*given);
    if (!bytes) return bytes.error().message;
    if (auto wrong = out_of_bounds(*bytes, least, most, *given, bounds); !wrong.empty()) return wrong;
    member(s) = *bytes;
    return {};
  };
  key.show = [=](const Settings& s) { return as_toml(size_text(member(s))); };
  return key;
}

template <class Member>
Key list(Words words, Member member, Check check) {
  Key key = key_of(words, "list of texts");
  key.set = [=](const Value& value, Settings& s) -> std::string {
    auto given = list_of(value);
    if (!given) return wrong_type(value, "a list of texts: [\"...\", \"...\"]");
    for (const std::string& item : *given) {
      if (auto wrong = check(item); !wrong.empty()) return wrong;
    }
    member(s) = std::move(*given);
    return {};
  };
  key.show = [=](const Settings& s) {
    std::vector<std::string> items;
    for (const std::string& item : member(s)) items.push_back(as_toml(item));
    return fmt::format("[{}]", fmt::join(items, ", "));
  };
  return key;
}

template <class Member>
Key days(Words words, Member member) {
  Key key = key_of(words, "text");
  key.set = [=](const Value& value, Settings& s) -> std::string {
    const auto* given = std::get_if<std::string>(&value.held);
    if (given == nullptr) return wrong_type(value, "days in quotes: \"7,2\"");
    auto read = parse_days(*given);
    if (!read) return read.error().message;
    member(s) = std::move(*read);
    return {};
  };
  key.show = [=](const Settings& s) { return as_toml(days_text(member(s))); };
  return key;
}

template <class Enum>
struct Choice {
  std::string_view name;
  Enum value;
};

template <class Enum, std::size_t N, class Member>
Key choice(Words words, Member member, const std::array<Choice<Enum>, N>& choices) {
  std::string names;
  for (const auto& c : choices) names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", c.name);
  Key key = key_of(words, "word", names);
  key.set = [=](const Value& value, Settings& s) -> std::string {
    const auto* given = std::get_if<std::string>(&value.held);
    if (given == nullptr) return wrong_type(value, fmt::format("one of {}", names));
    const auto found = std::find_if(choices.begin(), choices.end(), [&](const auto& c) { return c.name == *given; });
    if (found == choices.end()) return fmt::format("\"{}\" is not known: write one of {}", *given, names);
    member(s) = found->value;
    return {};
  };
  key.show = [=](const Settings& s) {
    for (const auto& c : choices) {
      if (c.value == member(s)) return as_toml(c.name);
    }
    return std::string("\"\"");
  };
  return key;
}

using Transport = Settings::Mail::Transport;
using Tls = Settings::Mail::Tls;
using SignUp = Settings::Web::SignUp;
constexpr std::array<Choice<Transport>, 2> transports{{{"file", Transport::file}, {"smtp", Transport::smtp}}};
constexpr std::array<Choice<Tls>, 3> tls_ways{
    {{"required", Tls::required}, {"when_offered", Tls::when_offered}, {"none", Tls::none}}};
constexpr std::array<Choice<SignUp>, 2> sign_up_ways{{{"open", SignUp::open}, {"closed", SignUp::closed}}};

constexpr std::size_t kib = 1024;
constexpr std::size_t mib = 1024 * kib;
constexpr std::size_t gib = 1024 * mib;

// NOLINTBEGIN(bugprone-macro-parentheses): the name of a member
#define AT(member) \
  [](auto& s) -> auto& { return s.member; }
// NOLINTEND(bugprone-macro-parentheses)

std::vector<Key> archive_and_folders() {
  return {
      path({"archive.path", "The archive, one SQLite file.",
            "$STATE_DIRECTORY/sotevahti.db; without a service manager sotevahti.db beside this file"},
           AT(archive.path)),
      duration(
          {"archive.keep_texts",
           "How long entries keep their texts; headlines, tags and links stay in any case. \"0s\": for ever. What is "
           "older goes each night, with sotevahti prune."},
          AT(archive.keep_texts), 0s, 24h * 36500),
      duration({"archive.keep_revisions", "How long earlier versions of edited entries are kept. \"0s\": for ever."},
               AT(archive.keep_revisions), 0s, 24h * 36500),
      duration({"archive.keep_messages",
                "How long digests and messages are kept after they were sent or given up. \"0s\": for ever."},
               AT(archive.keep_messages), 0s, 24h * 36500),
      path({"feeds.dir", "The folder of the catalogue, feeds.d/*.toml.",
            "feeds.d beside this file, or /etc/sotevahti/feeds.d"},
           AT(feeds.dir)),
      path({"tags.dir", "The folder of areas, places and topics, tags.d/*.toml.",
            "tags.d beside this file, or /etc/sotevahti/tags.d, or what is built in"},
           AT(tags.dir)),
  };
}

std::vector<Key> poll() {
  return {
      text({"poll.user_agent", "What publishers see as the name of this program.", "sotevahti/VERSION (+contact)"},
           AT(poll.user_agent), wrong_header_text),
      text({"poll.contact", "A mail address or page where publishers reach you; part of the default user_agent."},
           AT(poll.contact), wrong_header_text),
      whole({"poll.max_concurrent", "Requests under way at once, at most."}, AT(poll.max_concurrent), 1, 4096),
      whole({"poll.per_host", "Connections to one host at once."}, AT(poll.per_host), 1, most_host_connections),
      whole({"poll.host_gap_ms", "Milliseconds between two requests to one host."}, AT(poll.host_gap), 0,
            most_host_gap_ms),
      duration({"poll.interval", "How often a feed is asked until its own pace is known."}, AT(poll.interval), 5min,
               24h * 30),
      duration({"poll.min_interval", "No feed is asked more often than this, however lively it is."},
               AT(poll.min_interval), 5min, 24h * 30),
      duration({"poll.max_interval", "No feed is asked more seldom than this, however quiet it is."},
               AT(poll.max_interval), 5min, 24h * 30),
      whole({"poll.flood", "New entries of one feed in one poll that are told one by one; more become one notice."},
            AT(poll.flood), 1, 100'000),
  };
}

std::vector<Key> net_and_language() {
  return {
      list({"net.allow_feeds", "Private networks that feeds may be fetched from: \"10.0.0.0/8\". None unless named."},
           AT(net.allow_feeds), wrong_network),
      list({"net.allow_webhooks", "Private networks that webhooks may be sent to."}, AT(net.allow_webhooks),
           wrong_network),
      list({"net.allow_mail", "Private networks that the mail relay may stand in."}, AT(net.allow_mail), wrong_network),
      duration({"net.timeout", "A request takes no longer than this."}, AT(net.timeout), 1s, 1h),
      duration({"net.connect_timeout", "A connection is made within this."}, AT(net.connect_timeout), 1s, 10min),
      size({"net.max_bytes", "An answer is no larger than this, unpacked."}, AT(net.max_bytes), 4 * kib, gib),
      whole({"net.max_redirects", "Redirects that are followed."}, AT(net.max_redirects), 0, 20),
      text({"net.proxy",
            "A proxy for all requests: \"http://proxy.example.fi:3128\". None unless set; *_proxy "
            "variables are not looked at."},
           AT(net.proxy), wrong_proxy_url),
      size({"language.cache_bytes", "Memory for analysed words."}, AT(language.cache_bytes), mib, 4 * gib),
  };
}

std::vector<Key> mail() {
  return {
      choice({"mail.transport", "\"file\" writes each mail as an .eml file, \"smtp\" sends it."}, AT(mail.transport),
             transports),
      path({"mail.dir", "The folder of .eml files.", "outbox beside the archive"}, AT(mail.dir)),
      text({"mail.url", "The mail relay: \"smtp://localhost:25\", \"smtps://mail.example.fi\"."}, AT(mail.url),
           wrong_smtp_url),
      text({"mail.from", "The sender's address."}, AT(mail.from), wrong_mail_address),
      text({"mail.from_name", "The sender's name."}, AT(mail.from_name)),
      text({"mail.envelope_from", "Where bounces go.", "from"}, AT(mail.envelope_from), wrong_mail_address),
      text({"mail.reply_to", "Where answers go; empty: to the sender."}, AT(mail.reply_to), wrong_mail_address),
      text({"mail.username", "The account at the relay, where it asks for one."}, AT(mail.username)),
      path({"mail.password_file",
            "A file that holds the account's password and that only its owner can read (chmod "
            "600), or a systemd credential: \"$CREDENTIALS_DIRECTORY/smtp\"."},
           AT(mail.password_file)),
      choice({"mail.tls", "Whether the way to an smtp:// relay is encrypted. A password needs \"required\"."},
             AT(mail.tls), tls_ways),
      whole({"mail.per_second", "Mails a second at most."}, AT(mail.per_second), 1, 10'000),
      list({"mail.allowed_domains", "Domains that mail may be sent to: \"example.fi\". Empty: any."},
           AT(mail.allowed_domains), wrong_host_name),
      text({"mail.admin", "Who gets the weekly note about sources and alarms; empty: nobody."}, AT(mail.admin),
           wrong_mail_address),
  };
}

std::vector<Key> web_and_digest() {
  return {
      text({"alarm.ping_url",
            "An address that is asked at intervals while all is well, for a watchman elsewhere who calls when nothing "
            "comes: \"https://hc-ping.com/...\". It stands in no log."},
           AT(alarm.ping_url), wrong_http_url),
      duration({"alarm.ping_interval", "How often it is asked."}, AT(alarm.ping_interval), 10s, 24h),
      text({"web.listen", "Address and port of the web pages."}, AT(web.listen), wrong_listen),
      text({"web.public_url",
            "The address by which readers reach the pages, as links in mail show it; hubs bring news there.",
            "http:// and listen"},
           AT(web.public_url), wrong_public_url),
      text({"web.hub",
            "A WebSub hub that the Atom and JSON feeds name to their readers; one that looks at the feeds itself. "
            "Empty: none."},
           AT(web.hub), wrong_http_url),
      whole({"web.max_connections", "Connections of readers at once."}, AT(web.max_connections), 1, 100'000),
      choice(
          {"web.sign_up",
           "Whether readers may subscribe themselves on the web, by a letter that they confirm; mail.allowed_domains "
           "says whose addresses. \"closed\": the page says whom to ask."},
          AT(web.sign_up), sign_up_ways),
      text({"digest.zone", "The time zone in which digests are due, where a subscription names none."}, AT(digest.zone),
           wrong_zone),
      text({"digest.organisation", "Who sends, in the foot of each mail."}, AT(digest.organisation)),
      path({"digest.templates", "A folder of your own templates.", "what is built in"}, AT(digest.templates)),
      days({"digest.reminder_days",
            "So many days before a deadline it is told again, where a subscription says nothing else: \"7,2\"."},
           AT(digest.reminder_days)),
  };
}

#undef AT

}  // namespace

std::string Key::variable() const {
  std::string variable = "SOTEVAHTI_";
  for (const char c : name) variable += c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return variable;
}

const std::vector<Key>& setting_keys() {
  static const std::vector<Key> keys = [] {
    std::vector<Key> all;
    for (auto* part : {archive_and_folders, poll, net_and_language, mail, web_and_digest}) {
      for (Key& key : part()) all.push_back(std::move(key));
    }
    return all;
  }();
  return keys;
}

const Key* find_key(std::string_view name) {
  const auto& keys = setting_keys();
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const Key& key) { return key.name == name; });
  return found == keys.end() ? nullptr : &*found;
}

const std::vector<std::string_view>& setting_sections() {
  static const std::vector<std::string_view> sections = [] {
    std::vector<std::string_view> found;
    for (const Key& key : setting_keys()) {
      if (found.empty() || found.back() != key.section()) found.push_back(key.section());
    }
    return found;
  }();
  return sections;
}

}  // namespace sotevahti::config
