#include "digest/view.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "digest/item_wording.h"
#include "digest/render.h"
#include "text/one_line.h"
#include "text/utf8.h"

namespace sotevahti::digest {
namespace {

using kainjow::mustache::data;

constexpr std::size_t filter_characters = 300;
constexpr std::size_t subscriptions_listed = 20;

// Every name of a template is set, so that none is found in the context around it by mistake.
data or_nothing(const std::string& text) { return text.empty() ? data(false) : data(text); }

// The library itself only copies, whole trees each time. The list is ours and not const.
void add(data& list, data item) {
  const_cast<kainjow::mustache::list&>(list.list_value()).push_back(std::move(item));  // NOLINT: its type hides it
}

data lines(const std::vector<std::string>& texts) {
  data list(data::type::list);
  for (const std::string& text : texts) add(list, data("text", text));
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
    root["language"] = safe_language(material_.language);
    root["subject"] = subject_line(outline_, messages_);
    root["title"] = single() ? name_line(outline_.sections[0].section.name) : messages_.say("title.more");
    root["day"] = sentence_case(fmt::format("{} {}", wording_.weekday(today), wording_.date(today)));
    root["counts"] = sentence_case(counts_line(outline_.counts, messages_));
    root["page_url"] = or_nothing(safe_url(material_.page_url));
    data sections(data::type::list);
    for (const SectionOutline& section : outline_.sections) add(sections, section_view(section));
    root["sections"] = std::move(sections);
    set_sources(root);
    set_foot(root);
    view.left_out = left_out_;
    return view;
  }

  // The links that end or change a subscription: in a mail, never on the page that others may see.
  void set_links(data& root, bool personal) const {
    data subscriptions(data::type::list);
    std::size_t listed = 0;
    for (const SectionOutline& section : outline_.sections)
      if (++listed <= subscriptions_listed) add(subscriptions, subscription_view(section.section, personal));
    root["subscriptions"] = std::move(subscriptions);
    root["manage_url"] = or_nothing(personal ? safe_url(material_.manage_url) : "");
  }

 private:
  bool single() const { return outline_.sections.size() == 1; }

  data section_view(const SectionOutline& section) {
    data view;
    const std::string heading = single() ? "" : name_line(section.section.name);
    const bool is_empty = section.blocks.empty() && section.told_above == 0;
    view["heading"] = or_nothing(heading);
    view["heading_rule"] = rule_under(heading, '=');
    view["empty"] = is_empty ? data(messages_.say("section.empty")) : data(false);
    std::size_t section_room = section.section.max_items;
    std::size_t rest = 0;
    data blocks(data::type::list);
    for (const Block& block : section.blocks) {
      const std::size_t room = std::min({block.stories.size(), section_room, plan_.items - shown_});
      section_room -= room;
      rest += block.stories.size() - room;
      if (room > 0 || block.stories.empty()) add(blocks, block_view(block, room));
    }
    view["blocks"] = std::move(blocks);
    view["above"] = counted("section.above", section.told_above);
    view["rest"] = counted("story.rest", rest);
    left_out_ += rest;
    return view;
  }

  data block_view(const Block& block, std::size_t room) {
    data view;
    const std::string heading = words_.heading(block);
    view["heading"] = heading;
    view["rule"] = rule_under(heading, '-');
    view["level"] = single() ? "2" : "3";
    view["urgent"] = block.kind == Block::Kind::moved || block.kind == Block::Kind::closing;
    data items(data::type::list);
    std::string topic_above;
    for (std::size_t i = 0; i < room; ++i) {
      data item = item_view(block.stories[i], block);
      const std::string topic = block.kind == Block::Kind::area ? words_.topic(block.stories[i]) : "";
      item["topic"] = topic == topic_above ? data(false) : or_nothing(topic);
      topic_above = topic;
      add(items, std::move(item));
    }
    view["items"] = std::move(items);
    view["routine"] = counted("meeting.routine", block.routine);
    return view;
  }

  data item_view(const Story& story, const Block& block) {
    data view;
    const std::string language = safe_language(story.language);
    const bool is_compact = block.kind == Block::Kind::meeting;
    const bool with_lead = shown_++ < plan_.with_leads && !is_compact;
    view["lang"] = language.empty() ? material_.language : language;
    view["foreign"] = language.empty() || language == material_.language ? data(false) : data(material_.language);
    view["item_level"] = single() ? "3" : "4";
    view["compact"] = is_compact;
    view["title"] = words_.title(story);
    view["url"] = or_nothing(words_.url(story));
    view["deadlines"] = lines(words_.deadlines(story));
    view["changes"] = lines(words_.changes(story));
    view["lead"] = with_lead ? or_nothing(words_.lead(story)) : data(false);
    view["meta"] = or_nothing(words_.source(story, block));
    view["why"] = with_lead ? or_nothing(words_.why(story)) : data(false);
    view["twin"] = twin_view(words_.twin(story));
    return view;
  }

  data counted(std::string_view key, std::size_t n) const {
    return n == 0 ? data(false) : data(messages_.count(key, n));
  }

  data twin_view(const Telling* telling) const {
    if (!telling) return data(false);
    data twin;
    twin["language"] = sentence_case(wording_.language_name(telling->language));
    twin["lang"] = telling->language;
    twin["title"] = text::one_line_of(telling->title.view(), 220);
    twin["url"] = telling->url;
    return twin;
  }

  void set_sources(data& root) const {
    const Sources& sources = material_.sources;
    root["sources"] = sources.read >= sources.total
                          ? messages_.count("sources.all", sources.total)
                          : messages_.say("sources.some", {{"read", std::to_string(sources.read)},
                                                           {"total", std::to_string(sources.total)}});
    std::vector<std::string> names;
    for (const Unreached& feed : sources.unreached)
      names.push_back(messages_.say("sources.since", {{"title", name_line(feed.title)},
                                                      {"date", wording_.short_date(words_.local_day(feed.since))}}));
    root["unreached"] =
        names.empty() ? data(false) : data(messages_.say("sources.unreached", {{"names", words_.shortened(names)}}));
  }

  void set_foot(data& root) const {
    root["manage"] = messages_.say("foot.manage");
    root["web"] = messages_.say("foot.web");
    const std::string organisation = name_line(material_.organisation);
    root["sender"] =
        organisation.empty() ? data(false) : data(messages_.say("foot.sender", {{"organisation", organisation}}));
    root["program"] = messages_.say("foot.program");
    set_links(root, false);
  }

  data subscription_view(const Section& section, bool personal) const {
    data view;
    const std::string filter = text::one_line_of(section.filter, filter_characters);
    view["why"] = messages_.say("foot.why", {{"name", name_line(section.name)}});
    view["filter"] =
        filter.empty() ? data(false) : data(sentence_case(messages_.say("foot.filter", {{"filter", filter}})));
    view["cadence"] = sentence_case(messages_.say("foot.cadence", {{"cadence", wording_.cadence(section.cadence)}}));
    view["unsubscribe"] = messages_.say("foot.unsubscribe");
    view["unsubscribe_url"] = or_nothing(personal ? safe_url(section.unsubscribe_url) : "");
    return view;
  }

  const Outline& outline_;
  const Material& material_;
  const Wording& wording_;
  const Messages& messages_;
  const ItemWording words_;
  const ViewPlan plan_;
  std::size_t shown_ = 0;
  std::size_t left_out_ = 0;
};

}  // namespace

View make_view(const Outline& outline, const Wording& wording, const config::Taxonomy& taxonomy, const ViewPlan& plan) {
  return ViewMaker(outline, wording, taxonomy, plan).make();
}

void add_personal_links(View& view, const Outline& outline, const Wording& wording, const config::Taxonomy& taxonomy) {
  ViewMaker(outline, wording, taxonomy, {}).set_links(view.data, true);
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
