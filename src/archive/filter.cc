#include "archive/filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "archive/filter_mistakes.h"
#include "archive/filter_text.h"
#include "archive/filter_words.h"
#include "base/zone.h"
#include "config/catalogue.h"
#include "config/nearest.h"
#include "text/utf8.h"
#include "text/words.h"

namespace sotevahti::archive {
namespace {

// Those of C1 too, and no white space: a question is shown again, on terminals as well.
bool is_control(char32_t c) {
  const bool is_white = c == '\t' || c == '\n' || c == '\r';
  return !is_white && (c < 0x20 || (c >= 0x7F && c < 0xA0));
}

using Kind = Filter::Kind;
using Token = FilterToken::Kind;

constexpr std::size_t most_bytes = 2000;
constexpr std::size_t most_terms = 64;
constexpr int deepest = 8;
constexpr std::size_t shortest_prefix = 2;  // characters

bool has_word(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text::next_code_point(text, at);
    if (text::is_letter(c) || text::is_digit(c)) return true;
  }
  return false;
}

std::vector<std::string_view> views_of(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

// Values of a key: commas between, quoted ones keep theirs.
std::vector<std::string> cut_values(std::string_view text) {
  std::vector<std::string> values(1);
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      values.emplace_back();
    } else {
      values.back() += c;
    }
  }
  return values;
}

class Parser {
 public:
  Parser(std::string_view text, std::vector<FilterToken> tokens, const FilterNames& names)
      : text_(text), tokens_(std::move(tokens)), names_(names) {}

  base::Result<Filter, FilterError> run() {
    if (now().kind == Token::end) return Filter{};
    Filter filter = either(0);
    if (!failed_ && now().kind != Token::end) fail(now(), "bracket.extra");
    if (failed_) return tl::unexpected(error_);
    return filter;
  }

 private:
  const FilterToken& now() const { return tokens_[at_]; }

  Filter either(int depth) {
    std::vector<Filter> parts;
    parts.push_back(both(depth));
    while (!failed_ && now().kind == Token::either) {
      ++at_;
      parts.push_back(both(depth));
    }
    return join(Kind::either, std::move(parts));
  }

  Filter both(int depth) {
    std::vector<Filter> parts;
    while (!failed_) {
      if (now().kind == Token::both && !parts.empty()) ++at_;
      const Token next = now().kind;
      if (next == Token::end || next == Token::close || next == Token::either) {
        if (parts.empty()) fail(now(), "missing");
        break;
      }
      parts.push_back(one(depth));
    }
    return join(Kind::both, std::move(parts));
  }

  Filter one(int depth) {
    const FilterToken& token = now();
    ++at_;
    switch (token.kind) {
      case Token::minus: return negation(depth);
      case Token::open: return bracket(token, depth);
      case Token::quoted: return counted(token, phrase(token));
      case Token::bare: return counted(token, bare(token));
      default: return fail(token, "missing");
    }
  }

  Filter negation(int depth) {
    Filter filter{Kind::negation, {}, {one(depth)}};
    // Twice not is as said; a story: switch cannot be negated.
    if (filter.parts[0].kind == Kind::negation) return filter.parts[0].parts[0];
    if (filter.parts[0].kind == Kind::every_telling) {
      return fail(tokens_[at_ - 1], "story");
    }
    return filter;
  }

  Filter bracket(const FilterToken& open, int depth) {
    if (depth >= deepest) return fail(open, "brackets", {std::to_string(deepest)});
    Filter filter = either(depth + 1);
    if (failed_) return filter;
    if (now().kind != Token::close) return fail(open, "bracket.open");
    ++at_;
    return filter;
  }

  Filter counted(const FilterToken& token, Filter filter) {
    terms_ += std::max<std::size_t>(1, filter.values.size());
    if (!failed_ && terms_ > most_terms) return fail(token, "terms", {std::to_string(most_terms)});
    return filter;
  }

  Filter phrase(const FilterToken& token) {
    if (!has_word(token.text)) return fail(token, "quote.empty");
    return {Kind::phrase, {text::collapse_space(token.text)}, {}};
  }

  Filter bare(const FilterToken& token) {
    const std::size_t colon = token.text.find(':');
    if (colon != std::string::npos && colon > 0) {
      const std::string key = text::lower(std::string_view(token.text).substr(0, colon));
      const std::string_view value = std::string_view(token.text).substr(colon + 1);
      if (key == "has") return fixed(token, value, "deadline", Kind::has_deadline);
      if (key == "story") return fixed(token, value, "all", Kind::every_telling);
      for (const FilterKey& known : filter_keys) {
        if (known.name == key) return keyed(token, known, value, colon + 1);
      }
      if (Filter wrong; looks_like_key(token, key, value, wrong)) return wrong;
    }
    return word(token);
  }

  // "aera:lappi" is a slip, "feed:thl" another tool's word for ours, "HUS:n" a word.
  bool looks_like_key(const FilterToken& token, const std::string& key, std::string_view value, Filter& result) {
    if (value.empty()) return false;
    const std::string_view meant = key_meant_by(key);
    if (meant.empty()) return false;
    result = fail(token, "key", {key}, fmt::format("{}:{}", meant, value));
    return true;
  }

  static std::string_view key_meant_by(std::string_view key) {
    for (const auto& [others, ours] : borrowed_keys) {
      if (others == key) return ours;
    }
    constexpr std::size_t shortest_key = 4;
    if (key.size() < shortest_key) return {};
    std::vector<std::string_view> keys = {"has", "story"};
    for (const FilterKey& known : filter_keys) keys.push_back(known.name);
    return config::nearest(key, keys);
  }

  Filter fixed(const FilterToken& token, std::string_view value, std::string_view only, Kind kind) {
    if (text::lower(value) == only) return {kind, {}, {}};
    const std::string_view key = std::string_view(token.text).substr(0, token.text.find(':'));
    return fail(token, "key.only", {std::string(key), std::string(only)}, fmt::format("{}:{}", key, only));
  }

  Filter keyed(const FilterToken& token, const FilterKey& key, std::string_view value, std::size_t offset) {
    Filter filter{key.kind, cut_values(value), {}};
    const FilterToken place{token.kind, token.text, token.position + offset};
    for (std::string& each : filter.values) {
      if (key.kind == Kind::publisher || key.kind == Kind::near) {
        each = text::collapse_space(each);
      } else {
        each = text::lower(each);
      }
      if (each.empty()) return fail(place, "value.none", {std::string(key.name)});
      if (!check_value(place, key, each)) return {};
    }
    if (key.kind == Kind::near && !has_word(filter.values.front())) {
      return fail(place, "near");
    }
    const bool takes_one = key.kind == Kind::near || key.kind == Kind::since || key.kind == Kind::until ||
                           key.kind == Kind::deadline_within;
    if (takes_one && filter.values.size() > 1) return fail(place, "value.one", {std::string(key.name)});
    return filter;
  }

  bool check_value(const FilterToken& place, const FilterKey& key, const std::string& value) {
    switch (key.kind) {
      case Kind::area: return check_id(place, key, value, views_of(names_.areas));
      case Kind::topic: return check_id(place, key, value, views_of(names_.topics));
      case Kind::source: return check_source(place, key, value);
      case Kind::kind: return check_id(place, key, value, {config::entry_kinds.begin(), config::entry_kinds.end()});
      case Kind::role: return check_id(place, key, value, {config::feed_roles.begin(), config::feed_roles.end()});
      case Kind::language: return check_language(place, value);
      case Kind::since:
      case Kind::until: return check_day(place, key, value);
      case Kind::deadline_within: return check_age(place, value);
      default: return true;
    }
  }

  bool check_id(const FilterToken& place, const FilterKey& key, const std::string& value,
                const std::vector<std::string_view>& known) {
    if (known.empty() || std::find(known.begin(), known.end(), value) != known.end()) return true;
    const std::string_view meant = config::nearest(value, known);
    fail(place, "value.unknown", {std::string(key.name), value},
         meant.empty() ? "" : fmt::format("{}:{}", key.name, meant));
    return false;
  }

  // A feed's id, or the part before a hyphen that several feeds of a publisher share.
  bool check_source(const FilterToken& place, const FilterKey& key, const std::string& value) {
    const auto meets = [&](const std::string& id) {
      return id == value || (id.size() > value.size() && id.starts_with(value) && id[value.size()] == '-');
    };
    if (std::any_of(names_.feeds.begin(), names_.feeds.end(), meets)) return true;
    return check_id(place, key, value, views_of(names_.feeds));
  }

  bool check_language(const FilterToken& place, const std::string& value) {
    const bool is_code = value.size() >= 2 && value.size() <= 3 &&
                         std::all_of(value.begin(), value.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!is_code) fail(place, "language", {value});
    return is_code;
  }

  bool check_day(const FilterToken& place, const FilterKey& key, const std::string& value) {
    if (days_of_age(value) || base::parse_iso_date(value)) return true;
    fail(place, "day", {std::string(key.name), value});
    return false;
  }

  bool check_age(const FilterToken& place, const std::string& value) {
    if (days_of_age(value)) return true;
    fail(place, "span", {value});
    return false;
  }

  Filter word(const FilterToken& token) {
    std::string_view rest = token.text;
    Kind kind = Kind::word;
    if (rest.starts_with('=')) {
      kind = Kind::exact;
      rest.remove_prefix(1);
    } else if (rest.ends_with('*')) {
      kind = Kind::prefix;
      while (rest.ends_with('*')) rest.remove_suffix(1);
    }
    if (!has_word(rest)) {
      return fail(token, "word", {token.text});
    }
    if (kind == Kind::prefix && character_position(rest, rest.size()) < shortest_prefix) {
      return fail(token, "prefix");
    }
    return {kind, {text::lower(rest)}, {}};
  }

  static Filter join(Kind kind, std::vector<Filter> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    std::vector<Filter> flat;
    for (Filter& part : parts) {
      if (part.kind == kind) {
        std::move(part.parts.begin(), part.parts.end(), std::back_inserter(flat));
      } else {
        flat.push_back(std::move(part));
      }
    }
    return {kind, {}, std::move(flat)};
  }

  Filter fail(const FilterToken& token, std::string_view mistake, std::vector<std::string> about = {},
              std::string meant = {}) {
    if (!failed_)
      error_ = filter_error(character_position(text_, token.position), mistake, std::move(about), std::move(meant));
    failed_ = true;
    return {};
  }

  std::string_view text_;
  std::vector<FilterToken> tokens_;
  const FilterNames& names_;
  std::size_t at_ = 0;
  std::size_t terms_ = 0;
  bool failed_ = false;
  FilterError error_;
};

}  // namespace

std::optional<int> days_of_age(std::string_view text) {
  constexpr int most_days = 36500;
  if (text.size() < 2) return std::nullopt;
  int days = 0;
  switch (text.back()) {
    case 'd': days = 1; break;
    case 'w': days = 7; break;
    case 'm': days = 30; break;
    case 'y': days = 365; break;
    default: return std::nullopt;
  }
  int number = 0;
  const char* end = text.data() + text.size() - 1;
  const auto [stopped, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc() || stopped != end || number < 0 || number > most_days / days) return std::nullopt;
  return number * days;
}

base::Result<Filter, FilterError> parse_filter(std::string_view text, const FilterNames& names) {
  if (text.size() > most_bytes) {
    return tl::unexpected(filter_error(character_position(text, most_bytes), "long", {std::to_string(most_bytes)}));
  }
  if (!text::is_valid_utf8(text)) {
    return tl::unexpected(filter_error(0, "encoding"));
  }
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t place = at;
    if (is_control(text::next_code_point(text, at)))
      return tl::unexpected(filter_error(character_position(text, place), "control"));
  }
  auto tokens = cut_filter(text);
  if (!tokens) return tl::unexpected(tokens.error());
  return Parser(text, std::move(*tokens), names).run();
}

std::string FilterError::for_person(std::string_view filter) const {
  std::string lines = text::collapse_space(filter) == filter ? std::string(filter) : std::string();
  std::string said = suggestion.empty() ? fmt::format("{}.", cause) : fmt::format("{}: {}", cause, suggestion);
  if (lines.empty()) return said;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < position && bytes < filter.size(); ++i) text::next_code_point(filter, bytes);
  return fmt::format("{}\n{:>{}}\n{}", lines, "^", text::display_width(filter.substr(0, bytes)) + 1, said);
}

}  // namespace sotevahti::archive
