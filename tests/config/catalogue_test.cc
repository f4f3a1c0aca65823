#include "config/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "support/temp_folder.h"

namespace sotevahti::config {
namespace {

using test_support::TempFolder;
const std::vector<std::string> areas = {"pirkanmaa", "lappi", "hus"};

std::string feed(std::string_view id, std::string_view more = "") {
  return "[[feed]]\nid = \"" + std::string(id) +
         "\"\ntitle = \"T\"\npublisher = \"P\"\nurl = \"https://www.example.fi/rss\"\n" + std::string(more);
}

TEST(Catalogue, ReadsEveryField) {
  const TempFolder folder;
  const auto file = folder.write("a.toml", R"(# a comment
[[feed]]
id = "pirha-stt"
title = "Pirha: tiedotteet \"nyt\""
publisher = "Pirkanmaan hyvinvointialue"
url = "http://127.0.0.1:8390/feed.xml?a=b&c=d"
discover = true
areas = ["pirkanmaa", "hus"]
lang = "sv"
kind = "decisions"
role = "ministry"
interval = "30min"
relevant_only = true
enabled = false
user_agent = "Other/1.0"
zone = "Europe/Stockholm"
platform = "dynasty"
)");
  const auto catalogue = load_catalogue(folder.path(), areas);
  ASSERT_TRUE(catalogue) << catalogue.error().message;
  ASSERT_EQ(catalogue->feeds().size(), 1U);
  const Feed& read = catalogue->feeds().front();
  EXPECT_EQ(read.id, "pirha-stt");
  EXPECT_EQ(read.title, "Pirha: tiedotteet \"nyt\"");
  EXPECT_EQ(read.publisher, "Pirkanmaan hyvinvointialue");
  EXPECT_EQ(read.url, "http://127.0.0.1:8390/feed.xml?a=b&c=d");
  EXPECT_TRUE(read.discover);
  EXPECT_EQ(read.areas, (std::vector<std::string>{"pirkanmaa", "hus"}));
  EXPECT_EQ(read.lang, "sv");
  EXPECT_EQ(read.kind, "decisions");
  EXPECT_EQ(read.role, FeedRole::ministry);
  EXPECT_EQ(read.interval, base::Seconds(1800));
  EXPECT_TRUE(read.relevant_only);
  EXPECT_FALSE(read.enabled);
  EXPECT_EQ(read.user_agent, "Other/1.0");
  EXPECT_EQ(read.zone, "Europe/Stockholm");
  EXPECT_EQ(read.platform, "dynasty");
  EXPECT_EQ(read.file, file);
  EXPECT_EQ(read.line, 2);
}

TEST(Catalogue, HasDefaults) {
  const TempFolder folder;
  folder.write("a.toml", feed("a", "area = \"lappi\"\n"));
  const auto catalogue = load_catalogue(folder.path(), areas);
  ASSERT_TRUE(catalogue) << catalogue.error().message;
  const Feed& read = *catalogue->find("a");
  EXPECT_EQ(read.areas, std::vector<std::string>{"lappi"});
  EXPECT_EQ(read.kind, "news");
  EXPECT_EQ(read.role, FeedRole::official);
  EXPECT_TRUE(read.enabled);
  EXPECT_FALSE(read.discover);
  EXPECT_FALSE(read.interval);
  EXPECT_EQ(read.lang, "");
}

TEST(Catalogue, ReadsTheTomlFilesOfAFolderByName) {
  const TempFolder folder;
  folder.write("b.toml", feed("second") + feed("third"));
  folder.write("a.toml", feed("first"));
  folder.write("c.toml", "# no feed yet\n");
  folder.write("d.toml.bak", "not read");
  folder.write(".hidden.toml", "not read");
  folder.write("below/e.toml", "not read");
  const auto catalogue = load_catalogue(folder.path(), areas);
  ASSERT_TRUE(catalogue) << catalogue.error().message;
  std::vector<std::string> ids;
  for (const Feed& read : catalogue->feeds()) ids.push_back(read.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"first", "second", "third"}));
  EXPECT_EQ(catalogue->find("third")->line, 6);
  EXPECT_EQ(catalogue->find("fourth"), nullptr);
}

TEST(Catalogue, IsEmptyWhereThereIsNoFolder) {
  const TempFolder folder;
  const auto catalogue = load_catalogue(folder / "gone", areas);
  ASSERT_TRUE(catalogue);
  EXPECT_TRUE(catalogue->feeds().empty());
}

TEST(Catalogue, RefusesAFileForAFolder) {
  const TempFolder folder;
  const auto catalogue = load_catalogue(folder.write("feeds.d", ""), areas);
  ASSERT_FALSE(catalogue);
  EXPECT_NE(catalogue.error().message.find("feeds.d: cannot be read: "), std::string::npos);
}

TEST(Catalogue, TellsAllProblemsOfAllFiles) {
  const TempFolder folder;
  folder.write("a.toml", feed("a", "area = \"lapi\"\nkind = \"newz\"\n"));
  folder.write("b.toml", "[[feed]\n");
  folder.write("c.toml", feed("a"));
  const auto catalogue = load_catalogue(folder.path(), areas);
  ASSERT_FALSE(catalogue);
  const std::string dir = folder.path().string();
  EXPECT_EQ(catalogue.error().message,
            dir + "/a.toml:6: unknown area \"lapi\"; did you mean \"lappi\"?\n" + dir +
                "/a.toml:7: unknown kind \"newz\"; did you mean \"news\"? Write one of news, press, decisions, "
                "law, "
                "consultations, grants, media, events\n" +
                dir +
                "/b.toml:1:8: is no TOML, in the table header: expected ']', saw '\\n'; write [name] on a line of "
                "its own\n" +
                dir + "/c.toml:2: id \"a\" stands already at " + dir + "/a.toml:2: give one of them another");
}

TEST(Catalogue, IsWrittenAsItIsRead) {
  Feed plain;
  plain.id = "plain";
  plain.title = "Plain";
  plain.publisher = "P";
  plain.url = "https://www.example.fi/?a=%20";
  Feed full = plain;
  full.id = "full";
  full.title = "\"Quoted\" \\ and ä";
  full.discover = true;
  full.areas = {"pirkanmaa", "hus"};
  full.lang = "fi";
  full.kind = "law";
  full.role = FeedRole::ngo;
  full.interval = base::Seconds(5400);
  full.relevant_only = true;
  full.enabled = false;
  full.user_agent = "X/1";
  full.zone = "Europe/Helsinki";
  full.platform = "yle";
  const TempFolder folder;
  folder.write("a.toml", to_toml({plain, full}));
  const auto catalogue = load_catalogue(folder.path(), areas);
  ASSERT_TRUE(catalogue) << catalogue.error().message;
  EXPECT_EQ(to_toml(catalogue->feeds()), to_toml({plain, full}));
  EXPECT_EQ(catalogue->find("full")->title, full.title);
  EXPECT_EQ(catalogue->find("full")->interval, full.interval);
  EXPECT_EQ(catalogue->find("full")->role, FeedRole::ngo);
}

TEST(Catalogue, ARowIsCarriedAsWordsAndReadByTheSameRules) {
  const FeedWords words = {{"id", "full"},
                           {"title", "true"},
                           {"publisher", "Älä \"P\""},
                           {"url", "https://a.example/"},
                           {"areas", "lappi,hus"},
                           {"lang", "sv"},
                           {"kind", "law"},
                           {"role", "ngo"},
                           {"interval", "2h"},
                           {"enabled", "false"},
                           {"zone", "Europe/Helsinki"}};
  const auto known = [] { return areas; };
  const auto read = read_feed(words, known);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(to_words(*read), words);
  const auto with = [&](const char* key, const char* value) {
    FeedWords broken = words;
    broken.emplace_back(key, value);
    const auto refused = read_feed(broken, known);
    return refused ? "read" : refused.error().message;
  };
  for (const auto& [key, value, told] :
       std::vector<std::array<const char*, 3>>{{"relevant_only", "maybe", "true or relevant_only = false"},
                                               {"platform", "a\nb", "line break"},
                                               {"user_agent", "x\r\nHost: y", "line break"},
                                               {"id", "another", "twice"},
                                               {"areas", "lappi", "both"},
                                               {"onclick", "x()", "unknown"},
                                               {"a = 1\n[[feed]]\nid", "x", "unknown key"}})
    EXPECT_NE(with(key, value).find(told), std::string::npos) << key << ": " << with(key, value);
  EXPECT_FALSE(read_feed({{"title", "T"}}, known));
}

TEST(Catalogue, AreasInWordsMayStandApart) {
  const auto read = [](const char* listed) {
    return read_feed(
               {{"id", "a"}, {"title", "T"}, {"publisher", "P"}, {"url", "https://a.example/"}, {"areas", listed}},
               [] { return areas; })
        .value()
        .areas;
  };
  EXPECT_EQ(read("lappi, hus"), (std::vector<std::string>{"lappi", "hus"}));
  EXPECT_EQ(read(" lappi "), (std::vector<std::string>{"lappi"}));
}

struct Broken {
  const char* name;
  const char* lines;  // after four sound lines
  int line;
  const char* words;
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

class BrokenFeed : public testing::TestWithParam<Broken> {};

TEST_P(BrokenFeed, IsRefusedAtItsLine) {
  const TempFolder folder;
  const auto file = folder.write(
      "a.toml", "[[feed]]\nid = \"a\"\ntitle = \"T\"\npublisher = \"P\"\n" + std::string(GetParam().lines));
  const auto catalogue = load_catalogue(folder.path(), areas);
  ASSERT_FALSE(catalogue);
  const std::string& message = catalogue.error().message;
  EXPECT_TRUE(message.starts_with(file.string() + ":" + std::to_string(GetParam().line) + ":")) << message;
  EXPECT_NE(message.find(GetParam().words), std::string::npos) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
}

const Broken cases[] = {
    {"no_url", "", 1, "[[feed]] needs url: write url = \"...\""},
    {"empty_url", "url = \"\"\n", 5, "[[feed]] needs url"},
    {"url_without_scheme", "url = \"www.example.fi/rss\"\n", 5, "write one like \"https://www.example.fi/rss\""},
    {"file_url", "url = \"file:///etc/passwd\"\n", 5, "no http or https address"},
    {"url_with_space", "url = \"https://www.example.fi/a b\"\n", 5, "write it as %20"},
    {"url_with_line_break", "url = \"https://www.example.fi/\\r\\nX: y\"\n", 5, "write it on one line"},
    {"url_of_a_number", "url = 5\n", 5, "write a text in quotes, url = \"...\""},
    {"unknown_area", "url = \"https://x.fi/\"\narea = \"pirkanma\"\n", 6, "did you mean \"pirkanmaa\"?"},
    {"one_of_several_areas", "url = \"https://x.fi/\"\nareas = [\"lappi\", \"savo\"]\n", 6, "unknown area \"savo\""},
    {"area_and_areas", "url = \"https://x.fi/\"\narea = \"lappi\"\nareas = [\"hus\"]\n", 7, "write one of them"},
    {"areas_as_text", "url = \"https://x.fi/\"\nareas = \"lappi\"\n", 6,
     "write a list of texts, areas = [\"...\", \"...\"]"},
    {"unknown_kind", "url = \"https://x.fi/\"\nkind = \"decision\"\n", 6, "did you mean \"decisions\"?"},
    {"unknown_role", "url = \"https://x.fi/\"\nrole = \"Media\"\n", 6,
     "did you mean \"media\"? Write one of official, ministry, wire, ngo, media"},
    {"unknown_language", "url = \"https://x.fi/\"\nlang = \"se\"\n", 6, "did you mean \"sv\"? Write one of fi, sv, en"},
    {"interval_under_the_floor", "url = \"https://x.fi/\"\ninterval = \"1min\"\n", 6,
     "1min is too short: write 5min to 30d"},
    {"interval_without_unit", "url = \"https://x.fi/\"\ninterval = 600\n", 6, "interval = \"1h\""},
    {"interval_in_words", "url = \"https://x.fi/\"\ninterval = \"hourly\"\n", 6, "is no time"},
    {"interval_of_a_year", "url = \"https://x.fi/\"\ninterval = \"365d\"\n", 6, "365d is too long"},
    {"flag_in_quotes", "url = \"https://x.fi/\"\nenabled = \"no\"\n", 6, "enabled = true or enabled = false"},
    {"unknown_zone", "url = \"https://x.fi/\"\nzone = \"Helsinki\"\n", 6, "Europe/Helsinki"},
    {"unknown_key", "url = \"https://x.fi/\"\nintervall = \"1h\"\n", 6,
     "unknown key \"intervall\" in [[feed]]; did you mean \"interval\"?"},
    {"unknown_table", "url = \"https://x.fi/\"\n[feeds]\nx = 1\n", 6, "unknown key \"feeds\"; did you mean \"feed\"?"},
    {"agent_that_cannot_be_sent", "url = \"https://x.fi/\"\nuser_agent = \"vähti\"\n", 6, "plain ASCII"},
    {"same_id_in_one_file",
     "url = \"https://x.fi/\"\n[[feed]]\nid = \"a\"\ntitle = \"T\"\npublisher = \"P\"\nurl = "
     "\"https://y.fi/\"\n",
     7, "a.toml:2: give one of them another"},
};

INSTANTIATE_TEST_SUITE_P(Catalogue, BrokenFeed, testing::ValuesIn(cases),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(BrokenCatalogue, IdsAndSinglesAreExplained) {
  const TempFolder folder;
  folder.write("a.toml", feed("Pirkanmaan Uutiset"));
  folder.write("b.toml", "[feed]\nid = \"b\"\n");
  folder.write("c.toml", "[[feed]]\n");
  const auto catalogue = load_catalogue(folder.path(), areas);
  ASSERT_FALSE(catalogue);
  const std::string& message = catalogue.error().message;
  EXPECT_NE(message.find("a.toml:2: id \"Pirkanmaan Uutiset\" may hold only a-z, 0-9 and \"-\": write one "
                         "like \"pirkanmaan-uutiset\""),
            std::string::npos)
      << message;
  EXPECT_NE(message.find("b.toml:1: feed is a table: write tables, each under its own [[feed]]"), std::string::npos)
      << message;
  for (const char* key : {"id", "title", "publisher", "url"}) {
    EXPECT_NE(message.find("c.toml:1: [[feed]] needs " + std::string(key)), std::string::npos) << message;
  }
}

}  // namespace
}  // namespace sotevahti::config
