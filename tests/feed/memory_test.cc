// What a document and a megabyte of any HTML take of the heap while they are read.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <pugixml.hpp>

#include "feeds.h"
#include "support/heap_count.h"
#include "support/hostile_html.h"
#include "text/html.h"

namespace sotevahti::feed {
namespace {

using test_support::HeapCount;

constexpr std::size_t most_bytes_a_byte = 8;
constexpr std::size_t most_bytes_of_html = std::size_t{32} << 20;

class Memory : public testing::Test {
 protected:
  void SetUp() override { pugi::set_memory_management_functions(HeapCount::allocate, HeapCount::release); }
  void TearDown() override { pugi::set_memory_management_functions(std::malloc, std::free); }

  static std::size_t peak_of(const std::string& document) {
    return HeapCount::peak_of([&] { EXPECT_TRUE(parsed(document).is_feed()); });
  }
};

// The document with its items repeated until it is a megabyte long.
std::string grown(const std::string& document) {
  const bool is_json = document.starts_with('{');
  const bool is_atom = document.find("<entry>") != std::string::npos;
  const std::string_view begin = is_json ? "  {\n   \"id\"" : is_atom ? "<entry>" : "<item";
  const std::string_view end = is_json ? "  }\n ]" : is_atom ? "</entry>" : "</item>";
  const std::size_t first = document.find(begin);
  const std::size_t last = document.rfind(end) + (is_json ? 3 : end.size());
  const std::string items = document.substr(first, last - first) + (is_json ? ",\n" : "\n");
  std::string all = document.substr(0, first);
  while (all.size() < (std::size_t{1} << 20)) all += items;
  return all.append(document, first);
}

TEST_F(Memory, OfADocumentIsAtMostEightTimesItsSize) {
  for (const auto& entry : std::filesystem::directory_iterator(SOTEVAHTI_TEST_DATA "/feeds")) {
    const std::string extension = entry.path().extension();
    if (extension == ".toml") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string sample(std::istreambuf_iterator<char>(file), {});
    const std::string document = grown(sample);
    EXPECT_LE(peak_of(document), most_bytes_a_byte * document.size()) << entry.path();
  }
}

TEST_F(Memory, OfABrokenDocumentIsBoundedToo) {
  std::string document(feed_opening);
  for (int number = 1; document.size() < (std::size_t{1} << 20); ++number) document += numbered_item(number) + "<b>";
  EXPECT_LE(peak_of(document), 2 * most_bytes_a_byte * document.size());
}

TEST_F(Memory, OfAMegabyteOfAnyHtml) {
  for (const auto& [part, html] : test_support::hostile_megabytes()) {
    const std::size_t peak = HeapCount::peak_of([&, bytes = std::string_view(html)] {
      const text::SafeHtml safe = text::sanitize(bytes);
      EXPECT_LE(text::to_plain_text(safe).view().size(), most_bytes_of_html);
    });
    EXPECT_LE(peak, most_bytes_of_html) << part;
  }
}

}  // namespace
}  // namespace sotevahti::feed
