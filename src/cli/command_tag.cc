// sotevahti tag --json: what the tagger says of entries given as JSON Lines.
#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "archive/deadline_store.h"
#include "base/zone.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/entry_lines.h"
#include "cli/json.h"
#include "tag/story.h"
#include "tag/story_grouper.h"
#include "tag/tagger.h"
#include "text/types.h"

namespace sotevahti::cli {
namespace {

// The members that count; all others, a gold file's labels among them, are passed over.
struct Line {
  std::string id, title, summary, url, publisher, lang;
  std::chrono::year_month_day published{};
};

Line read_line(const std::string& text, std::size_t number) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("id"))
    throw UsageError(fmt::format("line {} of the input is no JSON object with an id", number));
  const auto member = [&](const char* name) {
    const auto at = json.find(name);
    return at != json.end() && at->is_string() ? text::PlainText::from(at->get_ref<const std::string&>()).str() : "";
  };
  Line line;
  line.id = json["id"].is_string() ? member("id") : json["id"].dump();
  line.title = member("title");
  line.summary = member("summary");
  line.url = member("url");
  line.publisher = member("publisher");
  line.lang = member("lang");
  const std::string published = member("published");
  if (const auto day = base::parse_iso_date(std::string_view(published).substr(0, 10))) line.published = *day;
  return line;
}

std::vector<std::string> ids_of(const std::vector<tag::Tag>& tags) {
  std::vector<std::string> ids;
  for (const auto& tag : tags) ids.push_back(tag.id);
  return ids;
}

std::string answer(const Line& line, const tag::Tags& tags, std::string_view story) {
  JsonObject object;
  object.add("id", line.id).add("areas", ids_of(tags.areas)).add("topics", ids_of(tags.topics));
  object.add("lang", tags.language).add("relevant", tags.relevant).add("story", story);
  std::vector<JsonObject> deadlines;
  for (const auto& deadline : tags.deadlines) {
    JsonObject one;
    one.add("date", base::to_iso_date(deadline.closes)).add("kind", tag::to_string(deadline.kind));
    deadlines.push_back(std::move(one));
  }
  object.add("deadlines", std::move(deadlines));
  return object.print();
}

class Tag final : public Command {
 public:
  std::string_view name() const override { return "tag"; }
  std::string_view help() const override { return "Tags entries given as JSON Lines on standard input"; }
  void declare(Syntax& syntax) override {
    syntax.flag("--json", json_, "As JSON Lines (the only form)");
    syntax.footer("Input members: id, publisher, title, summary, url, published (a day), lang (optional).");
  }

  int run(Context& context) override {
    auto tagger = value_or_throw<std::runtime_error>(
        tag::Tagger::open(context.taxonomy(), context.settings().language.cache_bytes));
    tag::StoryGrouper stories;
    std::string text;
    for (std::size_t number = 1; std::getline(std::cin, text); ++number) {
      if (text.empty()) continue;
      const Line line = read_line(text, number);
      tag::Subject subject;
      subject.title = line.title;
      subject.text = line.summary;
      subject.url = line.url;
      subject.publisher = line.publisher;
      subject.published = line.published;
      subject.language_hint = line.lang;
      const tag::Reading reading = tagger.read(subject);
      const tag::Tags tags = tagger.tag(reading);
      fmt::print("{}\n", answer(line, tags, stories.add(tag::sign(reading, tags))));
    }
    require_whole_input();
    return Exit::done;
  }

 private:
  bool json_ = true;
};

}  // namespace

std::unique_ptr<Command> make_tag() { return std::make_unique<Tag>(); }

}  // namespace sotevahti::cli
