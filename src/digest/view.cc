#include "digest/view.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "digest/item_wording.h"
#include "digest/render.h"
#include "text/utf8.h"

namespace sotevahti::digest {
namespace {

using kainjow::mustache::data;

constexpr std::size_t filter_characters = 300;
constexpr std::size_t subscriptions_listed = 20;

// Every name of a template is set, so that none is found in the context around it by mistake.
data or_nothing(std::string text) { return text.empty() ? data(false) : data(std::move(text)); }

data lines(const std::vector<std::string>& texts) {
  data list(data::type::list);
  for (const std::string& text : texts) list << data("text", text);
  return list;
}

std::string rule_under(std::string_view heading, char mark) {
  return std::string(std::clamp<std::size_t>(text::display_width(heading), 3, 76), mark);
}

class ViewMaker {
 public:
  ViewMaker(const Outline& outline, const Wording& wording, const config::Taxonomy& taxonomy, const ViewPlan& plan)
      : outline_(outline),
        material_(outline.material),
        wording_(wording),
        messages_(wording.messages()),
        words_(outline.material, wording, taxonomy),
        plan_(plan) {}

  View make() {
    View view;
    data& root = view.data;
    const auto today = words_.local_day(material_.at);
    root.set("language", safe_language(material_.language));
    root.set("subject", subject_line(outline_, messages_));
    root.set("title", single() ? name_line(outline_.sections[0].section.name) : messages_.say("title.more"));
    root.set("day", sentence_case(fmt::format("{} {}", wording_.weekday(today), wording_.date(today))));
    root.set("counts", sentence_case(counts_line(outline_.counts, messages_)));
    root.set("page_url", or_nothing(safe_url(material_.page_url)));
    data sections(data::type::list);
    for (const SectionOutline& section : outline_.sections) sections << section_view(section);
    root.set("sections", sections);
    set_sources(root);
    set_foot(root);
    view.left_out = left_out_;
    return view;
  }

 private:
  bool single() const { return outline_.sections.size() == 1; }

  data section_view(const SectionOutline& section) {
    data view;
    const std::string heading = single() ? "" : name_line(section.section.name);
    const bool is_empty = section.blocks.empty() && section.told_above == 0;
    view.set("heading", or_nothing(heading));
    view.set("heading_rule", rule_under(heading, '='));
    view.set("empty", is_empty ? data(messages_.say("section.empty")) : data(false));
    std::size_t section_room = section.section.max_items;
    std::size_t rest = 0;
    data blocks(data::type::list);
    for (const Block& block : section.blocks) {
      const std::size_t room = std::min({block.stories.size(), section_room, plan_.items - shown_});
      section_room -= room;
      rest += block.stories.size() - room;
      if (room > 0 || block.stories.empty()) blocks << block_view(block, room);
    }
    view.set("blocks", blocks);
    view.set("above",
             section.told_above == 0 ? data(false) : data(messages_.count("section.above", section.told_above)));
    view.set("rest", rest == 0 ? data(false) : data(messages_.count("story.rest", rest)));
    left_out_ += rest;
    return view;
  }

  data block_view(const Block& block, std::size_t room) {
    data view;
    const std::string heading = words_.heading(block);
    view.set("heading", heading);
    view.set("rule", rule_under(heading, '-'));
    view.set("level", single() ? "2" : "3");
    view.set("urgent", block.kind == Block::Kind::moved || block.kind == Block::Kind::closing);
    data items(data::type::list);
    std::string topic_above;
    for (std::size_t i = 0; i < room; ++i) {
      data item = item_view(block.stories[i], block);
      const std::string topic = block.kind == Block::Kind::area ? words_.topic(block.stories[i]) : "";
      item.set("topic", topic == topic_above ? data(false) : or_nothing(topic));
      topic_above = topic;
      items << item;
    }
    view.set("items", items);
    view.set("routine", block.routine == 0 ? data(false) : data(messages_.count("meeting.routine", block.routine)));
    return view;
  }

  data item_view(const Story& story, const Block& block) {
    data view;
    const std::string language = safe_language(story.language);
    const bool is_compact = block.kind == Block::Kind::meeting;
    const bool with_lead = shown_++ < plan_.with_leads && !is_compact;
    view.set("lang", language.empty() ? material_.language : language);
    view.set("foreign", language.empty() || language == material_.language ? data(false) : data(material_.language));
    view.set("item_level", single() ? "3" : "4");
    view.set("compact", is_compact);
    view.set("title", words_.title(story));
    view.set("url", or_nothing(words_.url(story)));
    view.set("deadlines", lines(words_.deadlines(story)));
    view.set("changes", lines(words_.changes(story)));
    view.set("lead", with_lead ? or_nothing(words_.lead(story)) : data(false));
    view.set("meta", or_nothing(words_.source(story, block)));
    view.set("why", with_lead ? or_nothing(words_.why(story)) : data(false));
    view.set("twin", twin_view(words_.twin(story)));
    return view;
  }

  data twin_view(const Telling* telling) const {
    if (!telling) return data(false);
    data twin;
    twin.set("language", sentence_case(wording_.language_name(telling->language)));
    twin.set("lang", telling->language);
    twin.set("title", one_line_of(telling->title.view(), 220));
    twin.set("url", telling->url);
    return twin;
  }

  void set_sources(data& root) const {
    const Sources& sources = material_.sources;
    root.set("sources", sources.read >= sources.total
                            ? messages_.count("sources.all", sources.total)
                            : messages_.say("sources.some", {{"read", std::to_string(sources.read)},
                                                             {"total", std::to_string(sources.total)}}));
    std::vector<std::string> names;
    for (const Unreached& feed : sources.unreached)
      names.push_back(messages_.say("sources.since", {{"title", name_line(feed.title)},
                                                      {"date", wording_.short_date(words_.local_day(feed.since))}}));
    root.set("unreached", names.empty()
                              ? data(false)
                              : data(messages_.say("sources.unreached", {{"names", words_.shortened(names)}})));
  }

  void set_foot(data& root) const {
    data subscriptions(data::type::list);
    std::size_t listed = 0;
    for (const SectionOutline& section : outline_.sections)
      if (++listed <= subscriptions_listed) subscriptions << subscription_view(section.section);
    root.set("subscriptions", subscriptions);
    root.set("manage", messages_.say("foot.manage"));
    root.set("manage_url", or_nothing(plan_.personal ? safe_url(material_.manage_url) : ""));
    root.set("web", messages_.say("foot.web"));
    const std::string organisation = name_line(material_.organisation);
    root.set("sender",
             organisation.empty() ? data(false) : data(messages_.say("foot.sender", {{"organisation", organisation}})));
    root.set("program", messages_.say("foot.program"));
  }

  data subscription_view(const Section& section) const {
    data view;
    const std::string filter = one_line_of(section.filter, filter_characters);
    view.set("why", messages_.say("foot.why", {{"name", name_line(section.name)}}));
    view.set("filter",
             filter.empty() ? data(false) : data(sentence_case(messages_.say("foot.filter", {{"filter", filter}}))));
    view.set("cadence", sentence_case(messages_.say("foot.cadence", {{"cadence", wording_.cadence(section.cadence)}})));
    view.set("unsubscribe", messages_.say("foot.unsubscribe"));
    view.set("unsubscribe_url", or_nothing(plan_.personal ? safe_url(section.unsubscribe_url) : ""));
    return view;
  }

  const Outline& outline_;
  const Material& material_;
  const Wording& wording_;
  const Messages& messages_;
  const ItemWording words_;
  const ViewPlan& plan_;
  std::size_t shown_ = 0;
  std::size_t left_out_ = 0;
};

}  // namespace

View make_view(const Outline& outline, const Wording& wording, const config::Taxonomy& taxonomy, const ViewPlan& plan) {
  return ViewMaker(outline, wording, taxonomy, plan).make();
}

std::string counts_line(const Counts& counts, const Messages& messages) {
  std::vector<std::string> parts;
  const auto add = [&](std::string_view key, std::size_t n) {
    if (n > 0) parts.push_back(messages.count(key, n));
  };
  add("count.moved", counts.moved);
  add("count.closing", counts.closing);
  add("count.fresh", counts.fresh);
  add("count.changed", counts.changed);
  return parts.empty() ? messages.say("count.none") : joined(parts, ", ");
}

}  // namespace sotevahti::digest
