#include "config/settings.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "base/version.h"
#include "config/environment.h"
#include "support/temp_folder.h"

namespace sotevahti::config {
namespace {

using namespace std::chrono_literals;
using test_support::TempFolder;

LoadedSettings load(const std::filesystem::path& file) {
  auto loaded = load_settings(file);
  if (!loaded) throw std::runtime_error(loaded.error().message);
  return std::move(*loaded);
}

class SettingsTest : public testing::Test {
 protected:
  LoadedSettings load_text(std::string_view text) { return load(folder_.write("sotevahti.toml", text)); }

  TempFolder folder_;
  Variable no_state_{"STATE_DIRECTORY", nullptr};
  Variable no_config_{"SOTEVAHTI_CONFIG", nullptr};
};

TEST_F(SettingsTest, HasADefaultForEveryKey) {
  const LoadedSettings loaded = load_text("");
  const Settings& s = loaded.settings;
  EXPECT_EQ(s.archive.path, folder_ / "sotevahti.db");
  EXPECT_EQ(s.mail.dir, folder_ / "outbox");
  EXPECT_EQ(s.poll.user_agent, "sotevahti/" + std::string(base::version));
  EXPECT_EQ(s.poll.max_concurrent, 256);
  EXPECT_EQ(s.poll.host_gap, 1000ms);
  EXPECT_EQ(s.poll.interval, 1h);
  EXPECT_EQ(s.net.max_bytes, std::size_t{10} << 20);
  EXPECT_EQ(s.mail.transport, Settings::Mail::Transport::file);
  EXPECT_EQ(s.mail.envelope_from, "sotevahti@localhost");
  EXPECT_EQ(s.web.public_url, "http://127.0.0.1:8470");
  EXPECT_EQ(s.digest.zone, "Europe/Helsinki");
  for (const auto& [name, origin] : loaded.origins) EXPECT_EQ(origin, "default") << name;
  EXPECT_EQ(loaded.origins.size(), setting_words().size());
}

TEST_F(SettingsTest, ReadsEveryKindOfValue) {
  const Settings s = load_text(R"(
[archive]
path = "data/archive.db"
[poll]
contact = "sote@example.fi"
per_host = 4
host_gap_ms = 0
interval = "30min"
[poll.hosts."WWW.sttinfo.fi"]
connections = 1
[poll.hosts."yle.fi"]
gap_ms = 250
[net]
allow_feeds = ["127.0.0.0/8", "fd00::/8"]
max_bytes = "2MiB"
[mail]
transport = "smtp"
url = "smtp://localhost:2525"
tls = "none"
[web]
public_url = "https://sote.example.fi/"
)")
                         .settings;
  EXPECT_EQ(s.archive.path, folder_ / "data/archive.db") << "beside the file";
  EXPECT_EQ(s.poll.user_agent, "sotevahti/" + std::string(base::version) + " (+sote@example.fi)");
  EXPECT_EQ(s.poll.per_host, 4);
  EXPECT_EQ(s.poll.host_gap, 0ms);
  EXPECT_EQ(s.poll.interval, 30min);
  ASSERT_EQ(s.poll.hosts.size(), 2U);
  EXPECT_EQ(s.poll.hosts.at("www.sttinfo.fi").connections, 1) << "host names are of lower case";
  EXPECT_EQ(s.poll.hosts.at("www.sttinfo.fi").gap, 0ms) << "what is left out is as for every host";
  EXPECT_EQ(s.poll.hosts.at("yle.fi").connections, 4);
  EXPECT_EQ(s.poll.hosts.at("yle.fi").gap, 250ms);
  EXPECT_EQ(s.net.allow_feeds, (std::vector<std::string>{"127.0.0.0/8", "fd00::/8"}));
  EXPECT_EQ(s.net.max_bytes, std::size_t{2} << 20);
  EXPECT_EQ(s.mail.transport, Settings::Mail::Transport::smtp);
  EXPECT_EQ(s.mail.tls, Settings::Mail::Tls::none);
  EXPECT_EQ(s.web.public_url, "https://sote.example.fi") << "links are made by adding a path";
}

TEST_F(SettingsTest, SaysWhereEachValueComesFrom) {
  const Variable listen("SOTEVAHTI_WEB_LISTEN", "127.0.0.1:9000");
  const LoadedSettings loaded = load_text("[poll]\n\nper_host = 3\n[poll.hosts.\"yle.fi\"]\ngap_ms = 1\n");
  const std::string file = (folder_ / "sotevahti.toml").string();
  EXPECT_EQ(loaded.origins.at("poll.per_host"), file + ":3");
  EXPECT_EQ(loaded.origins.at("poll.hosts.\"yle.fi\".gap_ms"), file + ":5");
  EXPECT_EQ(loaded.origins.at("web.listen"), "environment SOTEVAHTI_WEB_LISTEN");
  EXPECT_EQ(loaded.origins.at("web.public_url"), "default");
  EXPECT_EQ(loaded.settings.web.public_url, "http://127.0.0.1:9000") << "worked out from what holds";
}

TEST_F(SettingsTest, TheEnvironmentOverridesTheFile) {
  const Variable per_host("SOTEVAHTI_POLL_PER_HOST", "7");
  const Variable gap("SOTEVAHTI_POLL_HOST_GAP_MS", "0");
  const Variable interval("SOTEVAHTI_POLL_INTERVAL", "2h");
  const Variable networks("SOTEVAHTI_NET_ALLOW_FEEDS", "10.0.0.0/8, 127.0.0.1,");
  const Variable archive("SOTEVAHTI_ARCHIVE_PATH", "elsewhere.db");
  const Variable unset("SOTEVAHTI_WEB_LISTEN", "");
  const Settings s = load_text("[poll]\nper_host = 3\n[web]\nlisten = \"127.0.0.1:1\"\n").settings;
  EXPECT_EQ(s.poll.per_host, 7);
  EXPECT_EQ(s.poll.host_gap, 0ms);
  EXPECT_EQ(s.poll.interval, 2h);
  EXPECT_EQ(s.net.allow_feeds, (std::vector<std::string>{"10.0.0.0/8", "127.0.0.1"}));
  EXPECT_EQ(s.archive.path, std::filesystem::current_path() / "elsewhere.db") << "not beside the file";
  EXPECT_EQ(s.web.listen, "127.0.0.1:1") << "an empty variable is none";
}

TEST_F(SettingsTest, WrongVariablesAreNamed) {
  const Variable wrong("SOTEVAHTI_POLL_PER_HOST", "two");
  const Variable unknown("SOTEVAHTI_WEB_LISTN", "127.0.0.1:80");
  const Variable other("SOTEVAHTI_NOT_OURS", "x");
  const auto loaded = load_settings(folder_.write("sotevahti.toml", ""));
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().message,
            "environment SOTEVAHTI_POLL_PER_HOST: poll.per_host: this is \"two\": write a whole number "
            "without quotes, 1 to 64\n"
            "environment SOTEVAHTI_WEB_LISTN: stands for no key; did you mean \"SOTEVAHTI_WEB_LISTEN\"?");
}

TEST_F(SettingsTest, KeepsItsDataWhereTheServiceManagerSays) {
  const Variable state("STATE_DIRECTORY", "/var/lib/sotevahti:/var/lib/other");
  const Settings s = load_text("").settings;
  EXPECT_EQ(s.archive.path, "/var/lib/sotevahti/sotevahti.db");
  EXPECT_EQ(s.mail.dir, "/var/lib/sotevahti/outbox");
}

TEST_F(SettingsTest, FindsItsFoldersBesideTheFile) {
  std::filesystem::create_directory(folder_ / "feeds.d");
  std::filesystem::create_directory(folder_ / "tags.d");
  const Settings s = load_text("").settings;
  EXPECT_EQ(s.feeds.dir, folder_ / "feeds.d");
  EXPECT_EQ(s.tags.dir, folder_ / "tags.d");
}

TEST_F(SettingsTest, FallsBackToTheSystemsFoldersOrTheBuiltInOnes) {
  const Settings s = load_text("").settings;
  const std::filesystem::path system = "/etc/sotevahti";
  const bool has_feeds = std::filesystem::exists(system / "feeds.d");
  const bool has_tags = std::filesystem::exists(system / "tags.d");
  EXPECT_EQ(s.feeds.dir, has_feeds ? system / "feeds.d" : folder_ / "feeds.d");
  EXPECT_EQ(s.tags.dir, has_tags ? system / "tags.d" : std::filesystem::path());
}

TEST_F(SettingsTest, BoundsThatNobodyWroteMakeWay) {
  const Settings often = load_text("[poll]\ninterval = \"5min\"\n[net]\ntimeout = \"2s\"\n").settings;
  EXPECT_EQ(often.poll.min_interval, 5min);
  EXPECT_EQ(often.net.connect_timeout, 2s);
  const Settings seldom = load_text("[poll]\ninterval = \"7d\"\n").settings;
  EXPECT_EQ(seldom.poll.max_interval, 7 * 24h);
  const Settings bounded = load_text("[poll]\nmax_interval = \"15min\"\n").settings;
  EXPECT_EQ(bounded.poll.interval, 15min);
}

TEST_F(SettingsTest, AnEmptyTextStandsForTheDefault) {
  const Settings s = load_text("[web]\nlisten = \"\"\n[digest]\nzone = \"\"\n[archive]\npath = \"\"\n").settings;
  EXPECT_EQ(s.web.listen, "127.0.0.1:8470");
  EXPECT_EQ(s.digest.zone, "Europe/Helsinki");
  EXPECT_EQ(s.archive.path, folder_ / "sotevahti.db");
}

TEST_F(SettingsTest, TakesASecretThatOnlyItsOwnerReads) {
  std::filesystem::permissions(folder_.write("password", "secret"), std::filesystem::perms::owner_read);
  const Settings s = load_text("[mail]\nusername = \"u\"\npassword_file = \"password\"\n").settings;
  EXPECT_EQ(s.mail.password_file, folder_ / "password");
}

TEST_F(SettingsTest, TakesACredentialOfTheServiceManager) {
  // systemd shows its credentials as readable by a group, which they are not.
  std::filesystem::permissions(folder_.write("credentials/smtp", "secret"), static_cast<std::filesystem::perms>(0440));
  const Variable credentials("CREDENTIALS_DIRECTORY", (folder_ / "credentials").c_str());
  const std::string start = "[mail]\nusername = \"u\"\npassword_file = ";
  EXPECT_TRUE(load_settings(folder_.write("a.toml", start + "\"credentials/smtp\"\n")));
  const Settings s = load_text(start + "\"$CREDENTIALS_DIRECTORY/smtp\"\n").settings;
  EXPECT_EQ(s.mail.password_file, folder_ / "credentials/smtp");
}

TEST_F(SettingsTest, RefusesAFolderThatMayNotBeRead) {
  if (geteuid() == 0 && seteuid(65534) != 0) GTEST_SKIP() << "cannot become nobody";
  const TempFolder own;
  std::filesystem::create_directory(own / "feeds");
  std::filesystem::permissions(own / "feeds", std::filesystem::perms::none);
  const auto loaded = load_settings(own.write("sotevahti.toml", "[feeds]\ndir = \"feeds\"\n"));
  std::filesystem::permissions(own / "feeds", std::filesystem::perms::owner_all);
  if (getuid() == 0 && seteuid(0) != 0) throw std::runtime_error("cannot become root again");
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find("sotevahti.toml:2: feeds.dir: "), std::string::npos) << loaded.error().message;
  EXPECT_NE(loaded.error().message.find("Permission denied"), std::string::npos) << loaded.error().message;
}

TEST_F(SettingsTest, ListsAllProblemsInTheOrderOfTheFile) {
  const auto loaded = load_settings(
      folder_.write("sotevahti.toml", "[web]\nlisten = 1\n[poll]\nintervall = \"1h\"\nper_host = 0\n[wbe]\n"));
  ASSERT_FALSE(loaded);
  std::istringstream lines(loaded.error().message);
  const std::string file = (folder_ / "sotevahti.toml").string();
  std::string line;
  for (const char* number : {":2: ", ":4: ", ":5: ", ":6: "}) {
    ASSERT_TRUE(std::getline(lines, line));
    EXPECT_TRUE(line.starts_with(file + number)) << line;
  }
  EXPECT_FALSE(std::getline(lines, line)) << line;
}

// A line "#key = value" is a key with its default; other comments have a space.
std::string without_comment_signs(const std::string& example) {
  std::istringstream lines(example);
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    const bool is_key = line.size() > 1 && line[0] == '#' && line[1] != ' ';
    out += (is_key ? line.substr(1) : line) + '\n';
  }
  return out;
}

TEST_F(SettingsTest, TheExampleHoldsTheDefaults) {
  const auto defaults = effective_values(load_text("").settings);
  EXPECT_EQ(effective_values(load_text(example_settings()).settings), defaults);
  const LoadedSettings all = load_text(without_comment_signs(example_settings()));
  EXPECT_EQ(effective_values(all.settings), defaults);
  for (const auto& [name, origin] : all.origins) EXPECT_NE(origin, "default") << name << " is not in the example";
}

TEST_F(SettingsTest, TheTableDescribesEachKeyOnce) {
  std::set<std::string> names;
  const auto values = effective_values(load_text("").settings);
  const auto words = setting_words();
  ASSERT_EQ(values.size(), words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    EXPECT_TRUE(names.insert(words[i].name).second) << words[i].name;
    EXPECT_EQ(values[i].first, words[i].name);
    EXPECT_FALSE(words[i].help.empty()) << words[i].name;
    EXPECT_TRUE(words[i].help.ends_with('.')) << words[i].name;
    EXPECT_FALSE(words[i].type.empty()) << words[i].name;
    EXPECT_TRUE(words[i].variable.starts_with("SOTEVAHTI_")) << words[i].variable;
    EXPECT_FALSE(words[i].default_value.empty()) << words[i].name;
  }
}

TEST_F(SettingsTest, EffectiveValuesAreAConfigurationAgain) {
  const LoadedSettings loaded = load_text("[poll]\nper_host = 5\n[poll.hosts.\"yle.fi\"]\ngap_ms = 7\n");
  std::string text;
  for (const auto& [name, value] : effective_values(loaded.settings)) text += name + " = " + value + "\n";
  EXPECT_EQ(effective_values(load_text(text).settings), effective_values(loaded.settings));
}

TEST(FindSettingsFile, TakesTheFirstThatIsMeant) {
  const TempFolder folder;
  const auto given = folder.write("given.toml", "");
  const auto named = folder.write("named.toml", "");
  const Variable variable("SOTEVAHTI_CONFIG", named.c_str());
  EXPECT_EQ(*find_settings_file(given.string()), given);
  EXPECT_EQ(*find_settings_file(""), named);
}

TEST(FindSettingsFile, FailsOnAFileThatIsNamedButNotThere) {
  const TempFolder folder;
  const Variable variable("SOTEVAHTI_CONFIG", (folder / "gone.toml").c_str());
  const auto found = find_settings_file("");
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().message.find("gone.toml: there is no such configuration; SOTEVAHTI_CONFIG"),
            std::string::npos);
  EXPECT_FALSE(find_settings_file((folder / "gone-too.toml").string()));
}

TEST(FindSettingsFile, LooksInTheCurrentFolder) {
  const TempFolder folder;
  folder.write("sotevahti.toml", "");
  const Variable variable("SOTEVAHTI_CONFIG", nullptr);
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  const auto found = find_settings_file("");
  std::filesystem::current_path(before);
  EXPECT_EQ(*found, "sotevahti.toml");
}

TEST(LoadSettings, WithoutAFileGivesTheDefaults) {
  const Variable state("STATE_DIRECTORY", nullptr);
  const LoadedSettings loaded = load({});
  EXPECT_TRUE(loaded.file.empty());
  EXPECT_EQ(loaded.settings.archive.path, "sotevahti.db");
}

}  // namespace
}  // namespace sotevahti::config
