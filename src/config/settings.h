// The settings of sotevahti.toml, checked. Every key has a default, so an empty
// file (or none) is a whole configuration. Keys, defaults, bounds and words of
// help stand in one table (settings_table.cc), from which the annotated example, the
// man page and `config show` are made too, so they cannot part. No thread owns
// it: read once, before other threads start, then passed as a const value.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace sotevahti::config {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A limit of its own for one host: `[poll.hosts."www.sttinfo.fi"]`.
struct HostLimit {
  int connections = 2;
  milliseconds gap{1000};
};

struct Settings {
  struct Archive {
    std::filesystem::path path;  // default: sotevahti.db beside the configuration, or in $STATE_DIRECTORY
    seconds keep_texts{0};       // 0: for ever; so with the next two
    seconds keep_revisions{0};
    seconds keep_messages{std::chrono::hours(24) * 365};
  } archive;

  struct Feeds {
    std::filesystem::path dir;  // *.toml; default: feeds.d beside the configuration
  } feeds;

  struct Tags {
    std::filesystem::path dir;  // *.toml; empty: the built-in ones
  } tags;

  struct Poll {
    std::string user_agent;  // sent as it is; default: sotevahti/VERSION (+contact)
    std::string contact;     // an address or page for the publishers, part of the default user agent
    int max_concurrent = 256;
    int per_host = 2;
    milliseconds host_gap{1000};  // host_gap_ms
    seconds interval{3600};       // where the feed's pace is not known
    seconds min_interval{600};
    seconds max_interval{86400};
    std::map<std::string, HostLimit> hosts;  // by host name
    std::size_t flood = 200;                 // new entries of one feed in one poll that are told one by one
  } poll;

  struct Net {
    // CIDR lists that lift the guard against private addresses for that purpose alone.
    std::vector<std::string> allow_feeds;
    std::vector<std::string> allow_webhooks;
    std::vector<std::string> allow_mail;
    seconds timeout{30};
    seconds connect_timeout{10};
    std::size_t max_bytes = std::size_t{10} << 20;  // decoded
    int max_redirects = 5;
    std::string proxy;  // none unless set; never from the environment
  } net;

  struct Language {
    std::size_t cache_bytes = std::size_t{48} << 20;
  } language;

  struct Mail {
    enum class Transport { file, smtp };
    Transport transport = Transport::file;
    std::filesystem::path dir;  // of .eml files; default: outbox beside the archive
    std::string url;            // smtp://host:port or smtps://
    std::string from = "sotevahti@localhost";
    std::string from_name = "sotevahti";
    std::string envelope_from;  // default: from
    std::string reply_to;
    std::string username;
    std::filesystem::path password_file;  // 0600, or a systemd credential
    enum class Tls { required, when_offered, none };
    Tls tls = Tls::when_offered;
    int per_second = 20;
    std::vector<std::string> allowed_domains;  // empty: any
    std::string admin;                         // weekly note and alarms; empty: none
  } mail;

  struct Alarm {
    std::string ping_url;  // asked while all is well; empty: none
    seconds ping_interval{300};
  } alarm;

  struct Web {
    std::string listen = "127.0.0.1:8470";
    std::string public_url;  // https://..., as readers see it; default: http:// + listen
    std::string hub;         // a WebSub hub that our feeds name; empty: none
    std::size_t max_connections = 512;
    enum class SignUp { open, closed };
    SignUp sign_up = SignUp::open;  // whether readers may subscribe at /subscribe
  } web;

  struct Digest {
    std::string zone = "Europe/Helsinki";
    std::string organisation;              // who sends, in the mail's foot
    std::filesystem::path templates;       // an admin's own; empty: the built-in ones
    std::vector<int> reminder_days{7, 2};  // before a deadline; empty: never
  } digest;
};

// Where each effective value comes from, for `config show`: "default",
// "/etc/sotevahti/sotevahti.toml:12" or "environment SOTEVAHTI_WEB_LISTEN". By
// the names of effective_values().
using Origins = std::map<std::string, std::string>;

struct LoadedSettings {
  Settings settings;
  Origins origins;
  std::filesystem::path file;  // empty where there was none
};

// Which file is meant: the given one, $SOTEVAHTI_CONFIG, ./sotevahti.toml,
// /etc/sotevahti/sotevahti.toml; empty when none of the last two is there.
// Fails when a file that was named is not there.
base::Result<std::filesystem::path> find_settings_file(const std::string& given);

// Reads and checks; an empty path gives the defaults. Relative paths in the file
// are relative to the file. SOTEVAHTI_<TABLE>_<KEY> in the environment overrides it. Every failure is
// "FILE:LINE: cause", unknown keys with the nearest known one; several problems are all listed, one a line.
base::Result<LoadedSettings> load_settings(const std::filesystem::path& file);

// The whole table as an annotated sotevahti.toml: each key a comment with its default.
std::string example_settings();

// A row of the table, for the man page.
struct SettingWords {
  std::string name;           // "poll.host_gap_ms"
  std::string type;           // "time"
  std::string default_value;  // as TOML; "" where it is worked out
  std::string worked_out;     // and how, in words
  std::string bounds;         // "10min to 7d", or empty
  std::string help;
  std::string variable;  // SOTEVAHTI_POLL_HOST_GAP_MS
};
std::vector<SettingWords> setting_words();

// Every key with its value as TOML, in the table's order, for `config show`.
std::vector<std::pair<std::string, std::string>> effective_values(const Settings& settings);

}  // namespace sotevahti::config
