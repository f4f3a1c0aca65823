#include <cstring>

#include "tag/story.h"

namespace sotevahti::tag {
namespace {

constexpr char version = 2;  // the first byte; others are of another program

class Writer {
 public:
  Writer() { out_ += version; }
  void number(std::uint64_t value) {
    while (value >= 0x80) {
      out_ += static_cast<char>(value | 0x80);
      value >>= 7;
    }
    out_ += static_cast<char>(value);
  }
  void text(std::string_view value) {
    number(value.size());
    out_ += value;
  }
  // Sorted numbers by their distances, which are small enough to save a byte each.
  void sorted(const auto& values) {
    number(values.size());
    std::uint64_t last = 0;
    for (const auto value : values) {
      number(value - last);
      last = value;
    }
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {
    ok_ = !rest_.empty() && rest_.front() == version;
    if (ok_) rest_.remove_prefix(1);
  }
  bool is_whole() const { return ok_ && rest_.empty(); }

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    ok_ = false;
    return 0;
  }
  std::string text() {
    const std::uint64_t size = number();
    if (size > rest_.size()) {
      ok_ = false;
      return {};
    }
    std::string value(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return value;
  }
  template <class Number>
  std::vector<Number> sorted() {
    std::vector<Number> values;
    const std::uint64_t count = number();
    if (count > rest_.size()) ok_ = false;  // each takes a byte at least
    std::uint64_t last = 0;
    for (std::uint64_t i = 0; ok_ && i < count; ++i) values.push_back(static_cast<Number>(last += number()));
    return values;
  }
  std::size_t count() {
    const std::uint64_t value = number();
    if (value > rest_.size()) ok_ = false;
    return ok_ ? value : 0;
  }

 private:
  std::string_view rest_;
  bool ok_ = false;
};

enum Flag : std::uint64_t { to_the_minute = 1, routine = 2, official = 4, correction = 8 };

}  // namespace

std::string to_bytes(const StorySignature& s) {
  Writer out;
  std::uint64_t flags = 0;
  if (s.to_the_minute) flags |= to_the_minute;
  if (s.routine) flags |= routine;
  if (s.official) flags |= official;
  if (s.correction) flags |= correction;
  out.number(flags);
  out.number(static_cast<std::uint64_t>(base::to_unix(s.published)));
  for (const auto* words : {&s.title_lemmas, &s.minhash, &s.facts, &s.dates, &s.series, &s.topics}) out.sorted(*words);
  out.sorted(s.keys);
  for (const auto* text : {&s.language, &s.publisher, &s.source, &s.host, &s.platform_id, &s.canonical_url})
    out.text(*text);
  out.number(s.areas.size());
  for (const std::string& area : s.areas) out.text(area);
  return out.take();
}

StorySignature from_bytes(std::string_view bytes) {
  Reader in(bytes);
  StorySignature s;
  const std::uint64_t flags = in.number();
  s.to_the_minute = (flags & to_the_minute) != 0;
  s.routine = (flags & routine) != 0;
  s.official = (flags & official) != 0;
  s.correction = (flags & correction) != 0;
  s.published = base::from_unix(static_cast<std::int64_t>(in.number()));
  for (auto* words : {&s.title_lemmas, &s.minhash, &s.facts, &s.dates, &s.series, &s.topics})
    *words = in.sorted<std::uint32_t>();
  s.keys = in.sorted<std::uint64_t>();
  for (auto* text : {&s.language, &s.publisher, &s.source, &s.host, &s.platform_id, &s.canonical_url})
    *text = in.text();
  for (std::size_t left = in.count(); left > 0; --left) s.areas.push_back(in.text());
  if (!in.is_whole()) return {};
  return s;
}

}  // namespace sotevahti::tag
