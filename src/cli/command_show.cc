// sotevahti show ID: one entry with its evidence, revisions and story.
#include <fmt/format.h>

#include <algorithm>

#include "archive/deadline_store.h"
#include "archive/search.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/entry_lines.h"
#include "cli/json.h"
#include "cli/pager.h"
#include "cli/prose.h"
#include "cli/terminal.h"
#include "cli/wishes.h"
#include "config/nearest.h"
#include "tag/tagger.h"

namespace sotevahti::cli {
namespace {

constexpr std::size_t name_columns = 8;

std::string_view to_string(tag::Field field) {
  switch (field) {
    case tag::Field::title: return "title";
    case tag::Field::text: return "text";
    case tag::Field::url: return "address";
    case tag::Field::publisher: return "publisher";
    case tag::Field::feed: return "feed";
  }
  return "";
}

std::vector<JsonObject> as_json(const std::vector<tag::Evidence>& evidence) {
  std::vector<JsonObject> list;
  for (const auto& piece : evidence) {
    JsonObject object;
    object.add("field", to_string(piece.field)).add("begin", static_cast<std::int64_t>(piece.begin));
    object.add("end", static_cast<std::int64_t>(piece.end)).add("words", piece.words).add("rule", piece.rule);
    list.push_back(std::move(object));
  }
  return list;
}

std::vector<JsonObject> as_json(const std::vector<tag::Tag>& tags) {
  std::vector<JsonObject> list;
  for (const auto& tag : tags) {
    JsonObject object;
    object.add("id", tag.id).add("score", tag.score).add("evidence", as_json(tag.evidence));
    list.push_back(std::move(object));
  }
  return list;
}

void print_fact(const char* name, const std::string& text) {
  fmt::print("  {:<{}}{}", name, name_columns, beside(base::one_line(text), 2 + name_columns));
}

void print_title(const archive::EntrySummary& summary) {
  const std::string lines = beside(base::one_line(summary.title.str()), 0);
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = lines.find('\n', at);
    fmt::print("{}\n", linked(styled(lines.substr(at, end - at), Style::bold), summary.url));
    at = end + 1;
  }
  fmt::print("\n");
}

std::string evidence_of(const tag::Tag& tag) {
  std::string because;
  for (const auto& piece : tag.evidence)
    because += fmt::format("{}“{}” ({}; {})", because.empty() ? "" : ", ", base::one_line(piece.words),
                           to_string(piece.field), with_choices_apart(base::one_line(piece.rule)));
  return because;
}

void print_tags(const char* title, const std::vector<tag::Tag>& tags) {
  constexpr std::size_t id_columns = 24;
  constexpr std::size_t least_room = 24;
  constexpr std::size_t margin = 2 + name_columns;
  const bool is_narrow = stdout_is_terminal() && text_columns() < margin + id_columns + least_room;
  for (const auto& tag : tags) {
    const std::string because = evidence_of(tag);
    fmt::print("  {:<{}}", title, name_columns);
    if (is_narrow)
      fmt::print("{}\n{}{}", styled(tag.id, Style::green), std::string(margin, ' '), beside(because, margin));
    else
      fmt::print("{}{}", styled(fmt::format("{:<{}}", tag.id, id_columns), Style::green),
                 beside(because, margin + id_columns));
    title = "";
  }
}

// What led to its areas, topics and deadlines stands between the marks of a hit.
std::string with_evidence_marked(const archive::EntryDetail& entry) {
  const std::string& text = entry.text.str();
  std::vector<std::pair<std::size_t, std::size_t>> places;
  const auto add = [&](const tag::Evidence& piece) {
    if (piece.field == tag::Field::text && piece.begin < piece.end && piece.end <= text.size())
      places.emplace_back(piece.begin, piece.end);
  };
  for (const auto* tags : {&entry.tags.areas, &entry.tags.topics})
    for (const auto& tag : *tags) std::for_each(tag.evidence.begin(), tag.evidence.end(), add);
  for (const auto& deadline : entry.tags.deadlines) add(deadline.evidence);
  std::sort(places.begin(), places.end());
  std::string marked;
  std::size_t at = 0;
  for (const auto& [begin, end] : places) {
    if (begin < at) continue;  // a part of what is marked already
    marked.append(text, at, begin - at).append(hit_begins).append(text, begin, end - begin).append(hit_ends);
    at = end;
  }
  return marked.append(text, at);
}

class Show final : public Command {
 public:
  std::string_view name() const override { return "show"; }
  std::string_view help() const override { return "Shows one entry with its evidence, revisions and story"; }
  void declare(Syntax& syntax) override {
    syntax.argument("id", id_, "The number of the entry");
    syntax.option("--why", why_, "What spoke for and against a tag: topic:hyte, area:lappi", "TAG");
    syntax.flag("--json", json_, "As JSON");
    syntax.excludes("--why", "--json");
  }

  int run(Context& context) override {
    const archive::EntryId id = entry_number(id_);
    if (!why_.empty()) check_why(context);
    const auto database = context.open_archive(archive::Access::read);
    const auto entry = archive::Search(*database, context.taxonomy(), context.clock().now()).entry(id);
    if (!entry) throw NotFound(fmt::format("there is no entry {}", id));
    if (!why_.empty()) print_why(context, *entry);
    else if (json_) print_json(*entry);
    else print(*entry);
    return Exit::done;
  }

 private:
  // A tag that is none would be answered as one that nothing speaks for.
  void check_why(Context& context) const {
    const bool topic = why_.starts_with("topic:");
    if (!topic && !why_.starts_with("area:")) throw UsageError("ask for topic:ID or area:ID");
    std::vector<std::string_view> ids;
    for (const auto& known : context.taxonomy().topics)
      if (topic) ids.push_back(known.id);
    for (const auto& known : context.taxonomy().areas)
      if (!topic) ids.push_back(known.id);
    const std::string_view id = std::string_view(why_).substr(why_.find(':') + 1);
    if (std::find(ids.begin(), ids.end(), id) == ids.end())
      throw UsageError(
          fmt::format("there is no {} \"{}\"{}", topic ? "topic" : "area", id, config::did_you_mean(id, ids)));
  }

  void print_why(Context& context, const archive::EntryDetail& entry) const {
    auto tagger = value_or_throw<std::runtime_error>(
        tag::Tagger::open(context.taxonomy(), context.settings().language.cache_bytes));
    tag::Subject subject;
    subject.title = entry.summary.title.view();
    subject.text = entry.text.view();
    subject.url = entry.summary.url;
    subject.publisher = entry.summary.publisher;
    subject.published = base::Zone::helsinki().to_local(entry.summary.when()).day;
    subject.language_hint = entry.summary.language;
    if (const auto* feed = context.catalogue().find(entry.summary.feed_id)) {
      subject.feed_areas = feed->areas;
      subject.relevant_only = feed->relevant_only;
    }
    for (const auto& line : tagger.why(subject, why_))
      fmt::print("{}", beside(with_choices_apart(base::one_line(line)), 2));
  }

  static void print_json(const archive::EntryDetail& entry) {
    JsonObject object;
    object.add("id", entry.summary.id).add("story", entry.summary.story).add("title", entry.summary.title.view());
    object.add("url", entry.summary.url).add("publisher", entry.summary.publisher).add("feed", entry.summary.feed_id);
    object.add("guid", entry.guid).add("author", entry.author).add("lang", entry.summary.language);
    object.add("published", entry.summary.published).add("arrived", std::optional(entry.summary.arrived));
    object.add("text", entry.text.view()).add("html", entry.html.view());
    object.add("areas", as_json(entry.tags.areas)).add("topics", as_json(entry.tags.topics));
    object.add("relevance", as_json(entry.tags.relevance)).add("story_why", entry.story_why);
    std::vector<JsonObject> deadlines;
    for (const auto& stored : entry.summary.deadlines) {
      JsonObject deadline;
      deadline.add("date", base::to_iso_date(stored.deadline.closes)).add("kind", tag::to_string(stored.deadline.kind));
      deadline.add("quote", stored.deadline.quote).add("confidence", stored.deadline.confidence);
      if (stored.moved_from) deadline.add("moved_from", base::to_iso_date(*stored.moved_from));
      deadlines.push_back(std::move(deadline));
    }
    object.add("deadlines", std::move(deadlines));
    std::vector<JsonObject> revisions;
    for (const auto& revision : entry.revisions) {
      JsonObject earlier;
      earlier.add("until", std::optional(revision.at))
          .add("title", revision.title.view())
          .add("text", revision.text.view());
      earlier.add("significant", revision.significant);
      revisions.push_back(std::move(earlier));
    }
    object.add("revisions", std::move(revisions));
    std::vector<JsonObject> tellings;
    for (const auto& telling : entry.tellings) {
      JsonObject other;
      other.add("id", telling.id)
          .add("publisher", telling.publisher)
          .add("url", telling.url)
          .add("lang", telling.language);
      tellings.push_back(std::move(other));
    }
    object.add("tellings", std::move(tellings));
    fmt::print("{}\n", object.print());
  }

  static void print(const archive::EntryDetail& entry) {
    const Pager pager;
    const auto& summary = entry.summary;
    print_title(summary);
    print_fact("from", summary.publisher + (entry.author.empty() ? "" : ", " + entry.author));
    print_fact("at", summary.url);
    print_fact("arrived", fmt::format("{} (declared {})", base::to_rfc3339(summary.arrived),
                                      summary.published ? base::to_rfc3339(*summary.published) : "nothing"));
    print_tags("areas", entry.tags.areas);
    print_tags("topics", entry.tags.topics);
    for (const auto& stored : summary.deadlines)
      print_fact("due", fmt::format("{} {}{}: “{}”", base::to_iso_date(stored.deadline.closes),
                                    tag::to_string(stored.deadline.kind),
                                    stored.moved_from ? ", moved from " + base::to_iso_date(*stored.moved_from) : "",
                                    stored.deadline.quote));
    for (const auto& telling : entry.tellings)
      print_fact("also", fmt::format("{} {} ({})", telling.id, telling.publisher, telling.language));
    if (!entry.story_why.empty()) print_fact("story", entry.story_why);
    fmt::print("\n");
    fmt::print("{}", prose(with_evidence_marked(entry), text_columns()));
    for (const auto& revision : entry.revisions) {
      const std::string until =
          fmt::format("until {}{}: {}", base::to_rfc3339(revision.at), revision.significant ? " (facts changed)" : "",
                      base::one_line(revision.title.str()));
      fmt::print("\n{} {}", styled("earlier", Style::yellow), beside(until, std::string_view("earlier ").size()));
    }
  }

  std::string id_, why_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_show() { return std::make_unique<Show>(); }

}  // namespace sotevahti::cli
