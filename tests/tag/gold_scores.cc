#include "gold_scores.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "tag/story_grouper.h"

namespace sotevahti::tag::testing {
namespace {

using Json = nlohmann::json;
using Labels = std::set<std::string>;

Labels labels(const Json& row, const char* key) {
  Labels found;
  if (!row.contains(key)) return found;
  for (const Json& label : row[key])
    found.insert(label.is_string() ? label.get<std::string>()
                                   : label["date"].get<std::string>() + " " + label["kind"].get<std::string>());
  return found;
}

Labels labels(const std::vector<Tag>& tags) {
  Labels found;
  for (const Tag& tag : tags) found.insert(tag.id);
  return found;
}

Labels labels(const std::vector<Deadline>& deadlines) {
  constexpr const char* kinds[] = {"grant", "consultation", "registration", "application", "event"};
  Labels found;
  for (const Deadline& d : deadlines)
    found.insert(fmt::format("{:04}-{:02}-{:02} {}", static_cast<int>(d.closes.year()),
                             static_cast<unsigned>(d.closes.month()), static_cast<unsigned>(d.closes.day()),
                             kinds[static_cast<int>(d.kind)]));
  return found;
}

void compare(const Labels& told, const Labels& wanted, const Labels& maybe, Counts& counts,
             std::map<std::string, Counts>* each = nullptr) {
  for (const std::string& label : told) {
    const bool right = wanted.contains(label);
    if (!right && maybe.contains(label)) continue;
    ++(right ? counts.right : counts.wrong);
    if (each != nullptr) ++(right ? (*each)[label].right : (*each)[label].wrong);
  }
  for (const std::string& label : wanted) {
    if (told.contains(label)) continue;
    ++counts.missed;
    if (each != nullptr) ++(*each)[label].missed;
  }
}

std::chrono::year_month_day date_of(const std::string& iso) {
  using namespace std::chrono;
  return year(std::stoi(iso.substr(0, 4))) / std::stoi(iso.substr(5, 2)) / std::stoi(iso.substr(8, 2));
}

// Pairs of entries in one story, as the gold and as the grouper has them.
void compare_stories(const std::vector<std::string>& wanted, const std::vector<std::string>& told, Counts& counts) {
  for (std::size_t a = 0; a < wanted.size(); ++a) {
    for (std::size_t b = a + 1; b < wanted.size(); ++b) {
      const bool is_pair = !wanted[a].empty() && wanted[a] == wanted[b];
      const bool is_told = told[a] == told[b];
      if (is_pair && is_told) ++counts.right;
      if (is_pair && !is_told) ++counts.missed;
      if (!is_pair && is_told) ++counts.wrong;
    }
  }
}

}  // namespace

double Scores::topics_macro_f1() const {
  double sum = 0;
  int count = 0;
  for (const auto& [topic, counts] : by_topic) {
    if (counts.right + counts.missed == 0) continue;
    sum += counts.f1();
    ++count;
  }
  return count == 0 ? 1 : sum / count;
}

std::string Scores::table() const {
  const auto line = [](const char* name, const Counts& c) {
    return fmt::format("{:12} precision {:.3f}  recall {:.3f}  F1 {:.3f}\n", name, c.precision(), c.recall(), c.f1());
  };
  return fmt::format("{} entries, {} relevant\n", entries, relevant) + line("areas", areas) + line("topics", topics) +
         fmt::format("{:12} macro F1 {:.3f}\n", "", topics_macro_f1()) + line("relevance", relevance) +
         line("deadlines", deadlines) + line("stories", stories) +
         fmt::format("{:12} {:.3f}\n", "language", language_accuracy());
}

Scores score(const std::filesystem::path& gold, Tagger& tagger) {
  Scores scores;
  StoryGrouper grouper;
  std::vector<std::string> wanted_stories, told_stories;
  std::ifstream file(gold);
  for (std::string line; std::getline(file, line);) {
    const Json row = Json::parse(line);
    const std::string title = row["title"], text = row["summary"], url = row["url"], publisher = row["publisher"];
    Subject subject;
    subject.title = title;
    subject.text = text;
    subject.url = url;
    subject.publisher = publisher;
    subject.published = date_of(row["published"]);
    const Reading reading = tagger.read(subject);
    const Tags tags = tagger.tag(reading);
    const bool relevant = row["relevant"];

    ++scores.entries;
    scores.relevant += relevant;
    scores.languages_right += tags.language == row["lang"].get<std::string>();
    if (relevant) ++(tags.relevant ? scores.relevance.right : scores.relevance.missed);
    if (!relevant && tags.relevant) ++scores.relevance.wrong;
    wanted_stories.push_back(row["story"]);
    told_stories.push_back(grouper.add(sign(reading, tags)));
    if (!relevant && !tags.relevant) continue;
    compare(labels(tags.areas), labels(row, "areas"), labels(row, "areas_maybe"), scores.areas);
    compare(labels(tags.topics), labels(row, "topics"), labels(row, "topics_maybe"), scores.topics, &scores.by_topic);
    compare(labels(tags.deadlines), labels(row, "deadlines"), labels(row, "deadlines_maybe"), scores.deadlines);
  }
  compare_stories(wanted_stories, told_stories, scores.stories);
  return scores;
}

}  // namespace sotevahti::tag::testing
