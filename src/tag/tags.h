// What the tagger says of an entry, with the evidence for each word of it.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sotevahti::tag {

// Where in an entry something stands.
enum class Field { title, text, url, publisher, feed };

// The words that led to a tag. Offsets are bytes into the title or the plain text.
struct Evidence {
  Field field = Field::text;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string words;  // as they stand: "Kymenlaaksossa"
  std::string rule;   // what they met: "kymenlaakso", "strong: järjestöavustus", "municipality: Kotka"
};

struct Tag {
  std::string id;    // of an area or a topic
  double score = 0;  // over 1.0: told; kept only when told
  std::vector<Evidence> evidence;
};

enum class DeadlineKind { grant, consultation, registration, application, event };
std::string_view to_string(DeadlineKind kind);
// Of such a name.
std::optional<DeadlineKind> deadline_kind(std::string_view name);

// A date by which a reader must act (event: an open occasion).
struct Deadline {
  DeadlineKind kind = DeadlineKind::application;
  std::optional<std::chrono::year_month_day> opens;
  std::chrono::year_month_day closes;
  std::optional<std::chrono::minutes> time_of_day;  // since local midnight, Europe/Helsinki
  std::string quote;
  double confidence = 0;  // 0..1
  bool extended = false;  // the text says that an earlier one was moved
  Evidence evidence;
};

struct Tags {
  std::string language;  // fi, sv, en or another code
  bool relevant = true;
  std::vector<Evidence> relevance;  // why
  std::vector<Tag> areas;
  std::vector<Tag> topics;
  std::vector<Deadline> deadlines;
};

}  // namespace sotevahti::tag
