#include "config/settings_checks.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "base/version.h"
#include "config/values.h"

namespace sotevahti::config {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

std::string reason(int error) { return std::generic_category().message(error); }

// A package's configuration stands in /etc, where no archive belongs.
fs::path default_archive(const fs::path& dir) {
  const std::string state = environment("STATE_DIRECTORY");
  if (!state.empty()) return fs::path(state.substr(0, state.find(':'))) / "sotevahti.db";
  if (dir == "/etc/sotevahti") return "/var/lib/sotevahti/sotevahti.db";
  return dir / "sotevahti.db";
}

// Beside the configuration, else the system's; empty where neither is there.
fs::path default_folder(const fs::path& dir, const char* name) {
  for (const fs::path& parent : {dir, fs::path("/etc/sotevahti")}) {
    if (is_there(parent / name)) return (parent / name).lexically_normal();
  }
  return {};
}

std::string default_user_agent(const std::string& contact) {
  const std::string name = fmt::format("sotevahti/{}", base::version);
  return contact.empty() ? name : fmt::format("{} (+{})", name, contact);
}

class Checks {
 public:
  Checks(const Settings& settings, const Written& written, Problems& problems)
      : s_(settings), written_(written), problems_(problems) {}

  void run() {
    check_times();
    check_relay();
    check_password();
    check_folders();
    check_archive();
  }

 private:
  void check_times();
  void check_relay();
  void check_password();
  void check_folders();
  void check_archive();
  void check_folder(std::string_view key, const fs::path& path, bool must_be_there);
  void check_order(std::string_view smaller, seconds a, std::string_view larger, seconds b);
  // At the first of these keys that somebody wrote.
  void refuse(std::initializer_list<std::string_view> keys, std::string cause);

  const Settings& s_;
  const Written& written_;
  Problems& problems_;
};

void Checks::refuse(std::initializer_list<std::string_view> keys, std::string cause) {
  for (const std::string_view key : keys) {
    if (const auto found = written_.find(key); found != written_.end()) {
      problems_.add(found->second, std::move(cause));
      return;
    }
  }
  problems_.add({"the defaults"}, std::move(cause));
}

void Checks::check_order(std::string_view smaller, seconds a, std::string_view larger, seconds b) {
  if (a <= b) return;
  refuse({smaller, larger}, fmt::format("{} is {}, which is more than {} ({}): make {} smaller or {} larger", smaller,
                                        duration_text(a), larger, duration_text(b), smaller, larger));
}

void Checks::check_times() {
  const auto& poll = s_.poll;
  if (poll.min_interval > poll.max_interval) {
    check_order("poll.min_interval", poll.min_interval, "poll.max_interval", poll.max_interval);
  } else {
    check_order("poll.min_interval", poll.min_interval, "poll.interval", poll.interval);
    check_order("poll.interval", poll.interval, "poll.max_interval", poll.max_interval);
  }
  check_order("net.connect_timeout", s_.net.connect_timeout, "net.timeout", s_.net.timeout);
}

void Checks::check_relay() {
  const auto& mail = s_.mail;
  const bool sends = mail.transport == Settings::Mail::Transport::smtp;
  if (sends && mail.url.empty()) {
    refuse({"mail.transport"}, "mail.transport: \"smtp\" needs a relay: write url = \"smtp://localhost:25\" in [mail]");
  }
  if (!mail.username.empty() && mail.password_file.empty()) {
    refuse({"mail.username"}, "mail.username: a username needs its password: write password_file = \"...\" in [mail]");
  }
  if (mail.username.empty() && !mail.password_file.empty()) {
    refuse({"mail.password_file"},
           "mail.password_file: a password needs its username: write username = \"...\" in [mail]");
  }
  const bool in_clear = mail.tls != Settings::Mail::Tls::required && !mail.url.starts_with("smtps://");
  if (sends && !mail.username.empty() && in_clear && !is_loopback(mail.url)) {
    refuse({"mail.tls", "mail.username"},
           "mail.tls: the password could cross the network unencrypted: write tls = \"required\", or an "
           "smtps:// url");
  }
}

// A secret that others can read is none. systemd keeps its credentials' rights itself.
void Checks::check_password() {
  const fs::path& file = s_.mail.password_file;
  const std::string credentials = environment("CREDENTIALS_DIRECTORY");
  const bool is_credential = file.native().starts_with(credentials_prefix) ||
                             (!credentials.empty() && file.native().starts_with(credentials + "/"));
  if (file.empty() || is_credential) return;
  struct stat status {};
  if (stat(file.c_str(), &status) != 0) {
    refuse({"mail.password_file"},
           fmt::format("mail.password_file: {} cannot be read ({}): write the password into it, and chmod 600",
                       file.string(), reason(errno)));
  } else if (!S_ISREG(status.st_mode)) {
    refuse({"mail.password_file"}, fmt::format("mail.password_file: {} is no file", file.string()));
  } else if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    refuse({"mail.password_file"},
           fmt::format("mail.password_file: {} can be read by others than its owner (mode {:04o}): chmod 600 {}",
                       file.string(), status.st_mode & 07777, file.string()));
  }
}

void Checks::check_folder(std::string_view key, const fs::path& path, bool must_be_there) {
  if (path.empty() || !written_.contains(key)) return;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  const bool is_absent = status.type() == fs::file_type::not_found && error != std::errc::not_a_directory;
  if (is_absent && !must_be_there) return;
  if (is_absent) {
    refuse({key}, fmt::format("{}: there is no folder {}: make it, or name another", key, path.string()));
  } else if (fs::is_directory(status) && faccessat(AT_FDCWD, path.c_str(), R_OK | X_OK, AT_EACCESS) != 0) {
    refuse({key}, fmt::format("{}: {} cannot be read: {}", key, path.string(), reason(errno)));
  } else if (!fs::is_directory(status)) {
    const std::string why = error && status.type() == fs::file_type::none ? error.message() : "it is no folder";
    refuse({key}, fmt::format("{}: {} cannot be read: {}: name a folder", key, path.string(), why));
  }
}

void Checks::check_folders() {
  check_folder("feeds.dir", s_.feeds.dir, false);
  check_folder("tags.dir", s_.tags.dir, true);
  check_folder("digest.templates", s_.digest.templates, true);
  check_folder("mail.dir", s_.mail.dir, false);
}

void Checks::check_archive() {
  if (!written_.contains("archive.path")) return;
  const fs::path& path = s_.archive.path;
  struct stat status {};
  if (stat(path.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) {
      refuse({"archive.path"}, fmt::format("archive.path: {} is a folder: name a file, {}", path.string(),
                                           (path / "sotevahti.db").string()));
    }
  } else if (errno != ENOENT) {
    refuse({"archive.path"}, fmt::format("archive.path: {} cannot be reached: {}", path.string(), reason(errno)));
  }
}

// Outside of the service manager the name stays: nothing is sent from there.
void fill_credential(fs::path& file) {
  const std::string dir = environment("CREDENTIALS_DIRECTORY");
  if (dir.empty() || !file.native().starts_with(credentials_prefix)) return;
  file = fs::path(dir) / file.native().substr(credentials_prefix.size());
}

// A bound that nobody wrote makes way for one that somebody did.
void fill_times(Settings& s, const Written& written) {
  const auto is_written = [&](std::string_view key) { return written.contains(key); };
  auto& poll = s.poll;
  if (!is_written("poll.interval")) {
    poll.interval = std::min(poll.interval, poll.max_interval);
    poll.interval = std::max(poll.interval, poll.min_interval);
  }
  if (!is_written("poll.min_interval")) poll.min_interval = std::min(poll.min_interval, poll.interval);
  if (!is_written("poll.max_interval")) poll.max_interval = std::max(poll.max_interval, poll.interval);
  if (!is_written("net.connect_timeout")) s.net.connect_timeout = std::min(s.net.connect_timeout, s.net.timeout);
  if (!is_written("net.timeout")) s.net.timeout = std::max(s.net.timeout, s.net.connect_timeout);
}

}  // namespace

std::string environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): settings are read before threads start
  return value == nullptr ? std::string() : std::string(value);
}

void fill_defaults(LoadedSettings& loaded, const Written& written) {
  Settings& s = loaded.settings;
  fill_times(s, written);
  const fs::path dir = loaded.file.parent_path().empty() ? fs::path(".") : loaded.file.parent_path();
  if (s.archive.path.empty()) s.archive.path = default_archive(dir).lexically_normal();
  if (s.feeds.dir.empty()) s.feeds.dir = default_folder(dir, "feeds.d");
  if (s.feeds.dir.empty()) s.feeds.dir = (dir / "feeds.d").lexically_normal();
  if (s.tags.dir.empty()) s.tags.dir = default_folder(dir, "tags.d");
  if (s.mail.dir.empty()) s.mail.dir = s.archive.path.parent_path() / "outbox";
  if (s.mail.envelope_from.empty()) s.mail.envelope_from = s.mail.from;
  if (s.poll.user_agent.empty()) s.poll.user_agent = default_user_agent(s.poll.contact);
  if (s.web.public_url.empty()) s.web.public_url = "http://" + s.web.listen;
  fill_credential(s.mail.password_file);
  while (s.web.public_url.ends_with('/')) s.web.public_url.pop_back();
}

void check_together(const Settings& settings, const Written& written, Problems& problems) {
  Checks(settings, written, problems).run();
}

}  // namespace sotevahti::config
