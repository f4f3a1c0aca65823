#include "config/taxonomy_bytes.h"

#include <cassert>
#include <cstdint>
#include <utility>

namespace sotevahti::config {
namespace {

// Both ways pass the same fields, so each struct is described once.
class Writing {
 public:
  // Seven bits to a byte, the lowest first.
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
    bytes_ += static_cast<char>(value);
  }
  void text(const std::string& text) {
    number(text.size());
    bytes_ += text;
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reading {
 public:
  explicit Reading(std::string_view bytes) : rest_(bytes) {}

  void number(std::uint64_t& value) {
    value = 0;
    for (int shift = 0;; shift += 7) {
      assert(!rest_.empty());
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return;
    }
  }
  void text(std::string& text) {
    std::uint64_t size = 0;
    number(size);
    assert(size <= rest_.size());
    text.assign(rest_.substr(0, size));
    rest_.remove_prefix(size);
  }
  bool is_done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

template <class Way>
void pass(Way& way, std::string& text) {
  way.text(text);
}
template <class Way>
void pass(Way& way, int& value) {
  auto number = static_cast<std::uint64_t>(value);  // lines: none is negative
  way.number(number);
  value = static_cast<int>(number);
}
template <class Way>
void pass(Way& way, bool& value) {
  std::uint64_t number = value ? 1 : 0;
  way.number(number);
  value = number != 0;
}
template <class Way>
void pass(Way& way, std::filesystem::path& path) {
  std::string text = path.native();
  way.text(text);
  path = std::move(text);
}
template <class Way, class First, class Second>
void pass(Way& way, std::pair<First, Second>& pair) {
  pass(way, pair.first);
  pass(way, pair.second);
}
template <class Way, class Item>
void pass(Way& way, std::vector<Item>& items) {
  std::uint64_t count = items.size();
  way.number(count);
  items.resize(count);
  for (Item& item : items) pass(way, item);
}
template <class Way, class... Fields>
void pass_all(Way& way, Fields&... fields) {
  (pass(way, fields), ...);
}

// Taken apart into all its fields, so that a new one does not compile until it is passed.
template <class Way>
void pass(Way& way, Names& it) {
  auto& [fi, sv, en] = it;
  pass_all(way, fi, sv, en);
}
template <class Way>
void pass(Way& way, Area& it) {
  auto& [id, code, kind, name, short_name, aliases, genitives, domains] = it;
  pass_all(way, id, code, kind, name, short_name, aliases, genitives, domains);
}
template <class Way>
void pass(Way& way, Municipality& it) {
  auto& [code, name_fi, name_sv, area, common_word] = it;
  pass_all(way, code, name_fi, name_sv, area, common_word);
}
template <class Way>
void pass(Way& way, Place& it) {
  auto& [name, lang, kind, areas, common_word] = it;
  pass_all(way, name, lang, kind, areas, common_word);
}
template <class Way>
void pass(Way& way, TopicRules& it) {
  auto& [lang, strong, title, weak, with, except, line] = it;
  pass_all(way, lang, strong, title, weak, with, except, line);
}
template <class Way>
void pass(Way& way, Topic& it) {
  auto& [id, name, scope, applications, rules, file, line] = it;
  pass_all(way, id, name, scope, applications, rules, file, line);
}
template <class Way>
void pass(Way& way, Synonym& it) {
  auto& [words, years, line] = it;
  pass_all(way, words, years, line);
}
template <class Way>
void pass(Way& way, WordSet& it) {
  auto& [name, words, file, line] = it;
  pass_all(way, name, words, file, line);
}
template <class Way>
void pass(Way& way, Publishers& it) {
  auto& [kind, areas, names, line] = it;
  pass_all(way, kind, areas, names, line);
}
template <class Way>
void pass(Way& way, Taxonomy& it) {
  auto& [areas, municipalities, places, topics, relevance, sets, publishers, synonyms, vetoes, version] = it;
  pass_all(way, areas, municipalities, places, topics, relevance, sets, publishers, synonyms, vetoes, version);
}

}  // namespace

std::string to_bytes(const Taxonomy& taxonomy) {
  Taxonomy passed = taxonomy;
  Writing writing;
  pass(writing, passed);
  return writing.take();
}

Taxonomy from_bytes(std::string_view bytes) {
  Taxonomy taxonomy;
  Reading reading(bytes);
  pass(reading, taxonomy);
  assert(reading.is_done());
  return taxonomy;
}

}  // namespace sotevahti::config
