#include "feed/entities.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "feed/ascii.h"
#include "text/html.h"

namespace sotevahti::feed {
namespace {

// Longer references are text: no HTML name comes near.
constexpr std::size_t longest_name = 64;
// All that declared entities may add to one document.
constexpr std::size_t most_expanded = std::size_t{1} << 20;

struct Predefined {
  std::string_view reference;
  char character;
};
constexpr std::array predefined = {Predefined{"&lt;", '<'}, Predefined{"&gt;", '>'}, Predefined{"&amp;", '&'},
                                   Predefined{"&quot;", '"'}, Predefined{"&apos;", '\''}};

// Escaped HTML is full of them: most are told apart by their first letter.
const Predefined* predefined_at(std::string_view raw, std::size_t at) {
  raw.remove_prefix(at);
  for (const Predefined& one : predefined) {
    if (raw.size() > 1 && raw[1] == one.reference[1] && raw.starts_with(one.reference)) return &one;
  }
  return nullptr;
}

bool is_name_char(char c) {
  return is_alpha(c) || is_digit(c) || c == '_' || c == '-' || c == '.' || c == ':' || c == '#' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The name of the reference that begins at raw[at] == '&', or none.
std::optional<std::string_view> reference_at(std::string_view raw, std::size_t at) {
  const std::string_view rest = raw.substr(at + 1, longest_name + 1);
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_name_char);
  if (end == rest.end() || *end != ';' || end == rest.begin()) return std::nullopt;
  return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
}

std::optional<unsigned long> character_number(std::string_view name) {
  if (name.size() < 2 || name[0] != '#') return std::nullopt;
  const bool hex = lower(name[1]) == 'x';
  const std::string_view digits = name.substr(hex ? 2 : 1);
  unsigned long number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, hex ? 16 : 10);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

// XML 1.0, production 2.
bool is_xml_character(unsigned long c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c < 0xD800 || (c > 0xDFFF && c < 0xFFFE) || (c > 0xFFFF && c <= 0x10FFFF);
}

// Walks over the quoted strings and words of a markup declaration.
class Words {
 public:
  explicit Words(std::string_view declaration) : rest_(declaration) {}
  bool quoted() const { return quoted_; }
  std::string_view next() {
    rest_ = trimmed(rest_);
    quoted_ = !rest_.empty() && (rest_[0] == '"' || rest_[0] == '\'');
    if (quoted_) {
      const std::size_t end = std::min(rest_.find(rest_[0], 1), rest_.size());
      return take(1, end, end + 1);
    }
    const auto end = static_cast<std::size_t>(std::find_if(rest_.begin(), rest_.end(), is_space) - rest_.begin());
    return take(0, end, end);
  }

 private:
  std::string_view take(std::size_t begin, std::size_t end, std::size_t next) {
    const std::string_view word = rest_.substr(std::min(begin, rest_.size()), end - std::min(begin, end));
    rest_.remove_prefix(std::min(next, rest_.size()));
    return word;
  }
  std::string_view rest_;
  bool quoted_ = false;
};

bool is_plain(std::string_view value) {
  if (value.find('<') != std::string_view::npos) return false;
  for (std::size_t at = value.find('&'); at != std::string_view::npos; at = value.find('&', at + 1)) {
    const auto name = reference_at(value, at);
    if (!name || !character_number(*name)) return false;
  }
  return true;
}

}  // namespace

Entities::Entities(std::string_view doctype) {
  const std::size_t subset = std::min(doctype.find('['), doctype.size());
  const std::string_view head = doctype.substr(0, subset);
  external_subset_ = contains_ignoring_case(head, " SYSTEM") || contains_ignoring_case(head, " PUBLIC");
  std::string_view rest = doctype.substr(subset);
  constexpr std::string_view opening = "<!ENTITY";
  for (std::size_t at = rest.find(opening); at != std::string_view::npos; at = rest.find(opening)) {
    rest.remove_prefix(at + opening.size());
    Words words(rest.substr(0, rest.find("<!")));
    const std::string_view name = words.next();
    if (name == "%") {  // a parameter entity may declare whatever it likes, elsewhere
      external_subset_ = true;
      continue;
    }
    const std::string_view value = words.next();
    const bool plain = words.quoted() && is_plain(value);
    declared_.emplace(name, plain ? text::decode_references(value) : "");
  }
}

std::string Entities::replacement(std::string_view name) const {
  if (const auto number = character_number(name)) {
    if (!is_xml_character(*number)) return *number > 0x10FFFF ? "\xEF\xBF\xBD" : " ";
    std::string reference = "&";
    reference.append(name).append(";");
    return text::decode_references(reference);
  }
  const auto own = declared_.empty() ? declared_.end() : declared_.find(std::string(name));
  if (own != declared_.end()) {
    expanded_ += own->second.size();
    return expanded_ <= most_expanded ? own->second : "";
  }
  // An XML document means XHTML's entities, where HTML 5 has chosen other brackets.
  if (name == "lang") return "\u2329";
  if (name == "rang") return "\u232A";
  return std::string(text::entity(name));
}

void Entities::append_decoded(std::string& to, std::string_view raw) const {
  to.reserve(to.size() + raw.size());
  std::size_t done = 0;
  for (std::size_t at = raw.find('&'); at != std::string_view::npos; at = raw.find('&', done)) {
    to.append(raw, done, at - done);
    if (const Predefined* known = predefined_at(raw, at)) {
      to += known->character;
      done = at + known->reference.size();
      continue;
    }
    const auto name = reference_at(raw, at);
    const std::string value = name ? replacement(*name) : "";
    if (value.empty()) {
      to += '&';
      done = at + 1;
    } else {
      to += value;
      done = at + name->size() + 2;
    }
  }
  to.append(raw, done);
}

bool Entities::is_declared(std::string_view name) const {
  if (const auto number = character_number(name)) return is_xml_character(*number);
  if (declared_.contains(std::string(name))) return true;
  // RSS 0.91's DTD declares HTML's entities; it is not read, but taken at its word.
  return external_subset_ && !text::entity(name).empty();
}

bool Entities::all_declared(std::string_view raw) const {
  for (std::size_t at = raw.find('&'); at != std::string_view::npos; at = raw.find('&', at + 1)) {
    if (predefined_at(raw, at)) continue;
    const auto name = reference_at(raw, at);
    if (!name || !is_declared(*name)) return false;
  }
  return true;
}

}  // namespace sotevahti::feed
