// Broken configurations: each is refused at its line, with what to write instead.
#include <gtest/gtest.h>

#include "config/environment.h"
#include "config/settings.h"
#include "support/temp_folder.h"

namespace sotevahti::config {
namespace {

struct Broken {
  const char* name;
  const char* text;
  const char* place;  // ":LINE: " or ":LINE:COLUMN: "
  const char* words;  // of the message
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

class BrokenSettings : public testing::TestWithParam<Broken> {};

TEST_P(BrokenSettings, IsRefusedAtItsLine) {
  const Broken& broken = GetParam();
  const test_support::TempFolder folder;
  folder.write("readable_by_all", "secret");
  std::filesystem::permissions(folder / "readable_by_all", static_cast<std::filesystem::perms>(0644));
  std::filesystem::create_directory(folder / "folder");
  const auto file = folder.write("sotevahti.toml", broken.text);
  const auto loaded = load_settings(file);
  ASSERT_FALSE(loaded);
  const std::string& message = loaded.error().message;
  EXPECT_TRUE(message.starts_with(file.string() + broken.place)) << message;
  EXPECT_NE(message.find(broken.words), std::string::npos) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << "one problem, one line: " << message;
}

const Broken cases[] = {
    // Keys and tables that are none
    {"misspelt_key", "[poll]\nintervall = \"1h\"\n",
     ":2: ", "unknown key \"intervall\" in [poll]; did you mean \"interval\"?"},
    {"misspelt_table", "[wbe]\nlisten = \"127.0.0.1:80\"\n", ":1: ", "unknown table [wbe]; did you mean [web]?"},
    {"key_of_another_table", "[poll]\nlisten = \"127.0.0.1:80\"\n", ":2: ", "it belongs in [web]"},
    {"key_outside_a_table", "per_host = 2\n", ":1: ", "per_host belongs in [poll]"},
    {"key_like_nothing", "[web]\nxyzzy = 1\n", ":2: ", "unknown key \"xyzzy\" in [web]"},
    {"table_as_value", "web = 8470\n", ":1: ", "write a table, [web]"},
    {"list_of_tables", "[[web]]\nlisten = \"127.0.0.1:80\"\n", ":1: ", "write a table, [web]"},
    {"unknown_key_of_a_host", "[poll.hosts.\"yle.fi\"]\ngap = 5\n",
     ":2: ", "in [poll.hosts.\"yle.fi\"]; did you mean \"gap_ms\"?"},
    {"host_with_scheme", "[poll.hosts.\"https://yle.fi\"]\ngap_ms = 5\n", ":1: ", "write one like \"www.example.fi\""},
    {"host_without_table", "[poll]\nhosts = \"yle.fi\"\n", ":2: ", "write a table, [poll.hosts]"},
    {"host_with_no_connections", "[poll.hosts.\"yle.fi\"]\nconnections = 0\n", ":2: ", "1 to 64"},
    // Types
    {"number_in_quotes", "[poll]\nper_host = \"2\"\n", ":2: ", "write a whole number without quotes, 1 to 64"},
    {"fraction", "[poll]\nhost_gap_ms = 0.5\n", ":2: ", "a number with a fraction"},
    {"time_without_unit", "[poll]\ninterval = 3600\n", ":2: ", "write a time with its unit in quotes"},
    {"time_of_day", "[poll]\ninterval = 01:00:00\n", ":2: ", "this is a date: write a time"},
    {"size_without_unit", "[net]\nmax_bytes = 1000000\n", ":2: ", "\"10MiB\""},
    {"text_for_a_list", "[net]\nallow_feeds = \"10.0.0.0/8\"\n", ":2: ", "write a list of texts: [\"...\", \"...\"]"},
    {"numbers_in_a_list", "[net]\nallow_feeds = [10]\n",
     ":2: ", "allow_feeds is a whole number: write a list of texts"},
    {"path_as_list", "[archive]\npath = [\"a\"]\n", ":2: ", "write a path in quotes"},
    {"word_as_flag", "[mail]\ntls = true\n", ":2: ", "write one of \"required\", \"when_offered\", \"none\""},
    // Values
    {"no_connection", "[poll]\nper_host = 0\n", ":2: ", "0 is too little: write 1 to 64"},
    {"negative_gap", "[poll]\nhost_gap_ms = -1\n", ":2: ", "-1 is too little: write 0 to 600000"},
    {"too_many_redirects", "[net]\nmax_redirects = 1000\n", ":2: ", "1000 is too much: write 0 to 20"},
    {"impolite_interval", "[poll]\nmin_interval = \"10s\"\n", ":2: ", "10s is too little: write 5min to 30d"},
    {"impossible_time", "[poll]\ninterval = \"one hour\"\n",
     ":2: ", "write one like \"30s\", \"15min\", \"2h\" or \"7d\""},
    {"unknown_unit", "[net]\ntimeout = \"30sec\"\n", ":2: ", "write one like \"30s\""},
    {"decimal_size", "[net]\nmax_bytes = \"10MB\"\n", ":2: ", "write one like \"512KiB\", \"10MiB\""},
    {"no_network", "[net]\nallow_feeds = [\"localnet\"]\n", ":2: ", "write one like \"10.0.0.0/8\""},
    {"network_too_narrow", "[net]\nallow_mail = [\n  \"::1\",\n  \"10.0.0.0/40\",\n]\n",
     ":2: ", "\"10.0.0.0/40\" is no network"},
    {"port_alone", "[web]\nlisten = \"8470\"\n", ":2: ", "write one like \"127.0.0.1:8470\""},
    {"port_too_large", "[web]\nlisten = \"127.0.0.1:84700\"\n", ":2: ", "no address and port"},
    {"public_url_without_scheme", "[web]\npublic_url = \"sote.example.fi\"\n", ":2: ", "\"https://sote.example.fi\""},
    {"unknown_zone", "[digest]\nzone = \"Finland/Helsinki\"\n", ":2: ", "Europe/Helsinki"},
    {"unknown_transport", "[mail]\ntransport = \"sendmail\"\n", ":2: ", "write one of \"file\", \"smtp\""},
    {"relay_by_http", "[mail]\nurl = \"http://mail.example.fi\"\n", ":2: ", "\"smtp://localhost:25\""},
    {"password_in_the_url", "[mail]\nurl = \"smtp://u:secret@mail.example.fi\"\n",
     ":2: ", "may not stand in an address"},
    {"sender_without_at", "[mail]\nfrom = \"sotevahti\"\n", ":2: ", "write one like \"sote@example.fi\""},
    {"sender_with_line_break", "[mail]\nfrom_name = \"a\\nBcc: b@c.fi\"\n", ":2: ", "write it on one line"},
    {"user_agent_with_umlaut", "[poll]\nuser_agent = \"sotevähti\"\n", ":2: ", "plain ASCII"},
    {"proxy_without_scheme", "[net]\nproxy = \"proxy.example.fi:3128\"\n", ":2: ", "\"http://proxy.example.fi:3128\""},
    {"domain_with_at", "[mail]\nallowed_domains = [\"@example.fi\"]\n", ":2: ", "no host name"},
    // Keys that do not fit together
    {"bounds_written_crossed", "[poll]\nmin_interval = \"2h\"\nmax_interval = \"1h\"\n",
     ":2: ", "poll.min_interval is 2h, which is more than poll.max_interval"},
    {"bounds_crossed", "[poll]\nmin_interval = \"2h\"\ninterval = \"1h\"\n",
     ":2: ", "2h, which is more than poll.interval (1h)"},
    {"connects_longer_than_it_takes", "[net]\ntimeout = \"5s\"\nconnect_timeout = \"9s\"\n",
     ":3: ", "more than net.timeout (5s)"},
    {"smtp_without_relay", "[mail]\ntransport = \"smtp\"\n", ":2: ", "write url = \"smtp://localhost:25\""},
    {"username_without_password", "[mail]\nusername = \"u\"\n", ":2: ", "write password_file"},
    // Files
    {"secret_readable_by_all", "[mail]\nusername = \"u\"\npassword_file = \"readable_by_all\"\n",
     ":3: ", "can be read by others than its owner (mode 0644): chmod 600"},
    {"secret_not_there", "[mail]\nusername = \"u\"\npassword_file = \"gone\"\n", ":3: ", "No such file"},
    {"secret_is_a_folder", "[mail]\nusername = \"u\"\npassword_file = \"folder\"\n", ":3: ", "is no file"},
    {"secret_below_a_file", "[mail]\nusername = \"u\"\npassword_file = \"readable_by_all/x\"\n",
     ":3: ", "Not a directory"},
    {"archive_is_a_folder", "[archive]\npath = \"folder\"\n", ":2: ", "name a file"},
    {"archive_below_a_file", "[archive]\npath = \"readable_by_all/x.db\"\n",
     ":2: ", "cannot be reached: Not a directory"},
    {"feeds_is_a_file", "[feeds]\ndir = \"readable_by_all\"\n", ":2: ", "name a folder"},
    {"tags_not_there", "[tags]\ndir = \"gone\"\n", ":2: ", "make it, or name another"},
    {"templates_not_there", "[digest]\ntemplates = \"gone\"\n", ":2: ", "there is no folder"},
    // No TOML at all
    {"text_without_quotes", "[web]\nlisten = 127.0.0.1:8470\n", ":2:", "is no TOML"},
    {"word_without_quotes", "[mail]\ntransport = file\n", ":2:", "a text stands in quotes"},
    {"table_not_closed", "[web\nlisten = \"127.0.0.1:80\"\n", ":1:5: ", "write [name] on a line of its own"},
    {"text_not_closed", "[web]\nlisten = \"127.0.0.1:80\n", ":2:", "a text ends with the quote"},
    {"key_twice", "[poll]\nper_host = 1\nper_host = 2\n", ":3:", "take one of them out"},
    {"table_twice", "[poll]\nper_host = 1\n[web]\n[poll]\n", ":4:", "take one of them out"},
    {"colon_for_equals", "[poll]\nper_host: 2\n", ":2:9: ", "write key = value"},
    {"value_left_out", "[poll]\nper_host =\n", ":2:", "write key = value"},
    {"latin_1", "[mail]\nfrom_name = \"P\xe4ij\xe4t\"\n", ":2:", "save the file as UTF-8"},
    {"number_beyond_all", "[poll]\nflood = 99999999999999999999\n", ":2:", "write a smaller number"},
};

INSTANTIATE_TEST_SUITE_P(Settings, BrokenSettings, testing::ValuesIn(cases),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(BrokenSettingsTogether, APasswordInClearIsRefused) {
  const test_support::TempFolder folder;
  std::filesystem::permissions(folder.write("pw", "secret"), std::filesystem::perms::owner_read);
  const std::string start = "[mail]\ntransport = \"smtp\"\nusername = \"u\"\npassword_file = \"pw\"\n";
  const auto load = [&](const std::string& rest) {
    return load_settings(folder.write("sotevahti.toml", start + rest));
  };
  const auto in_clear = load("url = \"smtp://mail.example.fi\"\n");
  ASSERT_FALSE(in_clear);
  EXPECT_NE(in_clear.error().message.find("sotevahti.toml:3: mail.tls: the password could cross the network"),
            std::string::npos)
      << in_clear.error().message;
  EXPECT_FALSE(load("url = \"smtp://mail.example.fi\"\ntls = \"none\"\n"));
  EXPECT_TRUE(load("url = \"smtp://mail.example.fi\"\ntls = \"required\"\n"));
  EXPECT_TRUE(load("url = \"smtps://mail.example.fi\"\n"));
  EXPECT_TRUE(load("url = \"smtp://localhost:25\"\n")) << "it does not leave the machine";
}

TEST(BrokenSettingsTogether, AFolderOrNothingIsNoConfiguration) {
  const test_support::TempFolder folder;
  EXPECT_NE(load_settings(folder.path()).error().message.find("is a folder"), std::string::npos);
  EXPECT_NE(load_settings(folder / "gone.toml").error().message.find("No such file"), std::string::npos);
}

}  // namespace
}  // namespace sotevahti::config
