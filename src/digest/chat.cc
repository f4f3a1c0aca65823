#include "digest/chat.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "digest/item_wording.h"
#include "digest/render.h"
#include "digest/wrap.h"
#include "text/one_line.h"
#include "text/types.h"

namespace sotevahti::digest {
namespace {

using Json = nlohmann::ordered_json;

// Slack takes 50 blocks, Teams 28 kB, Mattermost 16,383 characters: this many stay below all.
constexpr std::size_t items_shown = 12;
constexpr std::size_t blocks_shown = 10;
constexpr std::size_t title_characters = 140;

struct Item {
  std::string title, url, note;
};
struct Group {
  std::string heading;
  std::vector<Item> items;
};
struct Brief {
  std::string subject, rest, link, link_text;
  std::vector<Group> groups;
};

Brief make_brief(const Outline& outline, const Texts& texts, const config::Taxonomy& taxonomy) {
  const Messages& messages = texts.messages(outline.material.language);
  const Wording wording(messages);
  const ItemWording words(outline.material, wording, taxonomy);
  Brief brief;
  std::size_t shown = 0;
  std::size_t left = 0;
  for (const SectionOutline& section : outline.sections) {
    for (const Block& block : section.blocks) {
      Group group;
      group.heading = words.heading(block);
      for (const Story& story : block.stories) {
        if (shown == items_shown || brief.groups.size() == blocks_shown) {
          ++left;
          continue;
        }
        ++shown;
        std::vector<std::string> notes = words.deadlines(story);
        for (std::string& change : words.changes(story)) notes.push_back(std::move(change));
        notes.push_back(words.source(story, block));
        std::erase(notes, "");
        notes.resize(std::min<std::size_t>(notes.size(), 3));
        group.items.push_back({text::one_line_of(story.title.view(), title_characters), words.url(story),
                               with_plain_spaces(joined(notes, "\n"))});
      }
      if (!group.items.empty()) brief.groups.push_back(std::move(group));
    }
  }
  brief.subject = subject_line(outline, messages);
  if (left > 0) brief.rest = with_plain_spaces(messages.count("story.rest", left));
  brief.link = safe_url(outline.material.page_url);
  brief.link_text = messages.say("foot.web");
  return brief;
}

std::string replaced(std::string_view text, std::initializer_list<std::pair<char, std::string_view>> pairs) {
  std::string out;
  for (const char c : text) {
    const auto* pair = std::find_if(pairs.begin(), pairs.end(), [&](const auto& p) { return p.first == c; });
    if (pair == pairs.end()) out += c;
    else out += pair->second;
  }
  return out;
}

// Slack's own markup has three characters; "@channel" without them is only a word.
std::string slack_text(std::string_view text) { return replaced(text, {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}}); }

// An address inside <...|...> or (...) must not end it.
std::string link_address(std::string_view url) {
  return replaced(url, {{'|', "%7C"}, {'>', "%3E"}, {'<', "%3C"}, {'(', "%28"}, {')', "%29"}, {' ', "%20"}});
}

// Zero-width space after "@" keeps "@all" from calling anybody.
std::string markdown_text(std::string_view text) {
  return replaced(text, {{'\\', "\\\\"},
                         {'*', "\\*"},
                         {'_', "\\_"},
                         {'`', "\\`"},
                         {'[', "\\["},
                         {']', "\\]"},
                         {'#', "\\#"},
                         {'|', "\\|"},
                         {'~', "\\~"},
                         {'<', "&lt;"},
                         {'>', "&gt;"},
                         {'!', "\\!"},
                         {'@', "@\u200b"}});
}

std::string slack_body(const Brief& brief) {
  Json blocks = Json::array();
  const auto section = [&](std::string text) {
    blocks.push_back({{"type", "section"}, {"text", {{"type", "mrkdwn"}, {"text", std::move(text)}}}});
  };
  blocks.push_back(
      {{"type", "header"}, {"text", {{"type", "plain_text"}, {"text", text::one_line_of(brief.subject, 140)}}}});
  for (const Group& group : brief.groups) {
    section(fmt::format("*{}*", slack_text(group.heading)));
    for (const Item& item : group.items)
      section(fmt::format("{}\n{}",
                          item.url.empty()
                              ? slack_text(item.title)
                              : fmt::format("<{}|{}>", slack_text(link_address(item.url)), slack_text(item.title)),
                          slack_text(item.note)));
  }
  if (!brief.link.empty())
    section(fmt::format("{} <{}|{}>", slack_text(brief.rest), slack_text(link_address(brief.link)),
                        slack_text(brief.link_text)));
  Json body;
  body["text"] = slack_text(brief.subject);
  body["blocks"] = blocks;
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string markdown_link(std::string_view title, std::string_view url) {
  return url.empty() ? markdown_text(title) : fmt::format("[{}]({})", markdown_text(title), link_address(url));
}

std::string teams_body(const Brief& brief) {
  Json card;
  card["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json";
  card["type"] = "AdaptiveCard";
  card["version"] = "1.4";
  card["body"] = Json::array();
  const auto block = [&](std::string text, const char* size, bool bold, bool subtle) {
    Json made = {{"type", "TextBlock"}, {"text", std::move(text)}, {"wrap", true}, {"size", size}};
    if (bold) made["weight"] = "Bolder";
    if (subtle) made["isSubtle"] = true;
    card["body"].push_back(made);
  };
  block(markdown_text(brief.subject), "Large", true, false);
  for (const Group& group : brief.groups) {
    block(markdown_text(group.heading), "Medium", true, false);
    for (const Item& item : group.items) {
      block(markdown_link(item.title, item.url), "Default", false, false);
      block(markdown_text(item.note), "Small", false, true);
    }
  }
  if (!brief.rest.empty()) block(markdown_text(brief.rest), "Default", false, false);
  if (!brief.link.empty())
    card["actions"] = Json::array({{{"type", "Action.OpenUrl"}, {"title", brief.link_text}, {"url", brief.link}}});
  const Json body = {{"type", "message"},
                     {"attachments", Json::array({{{"contentType", "application/vnd.microsoft.card.adaptive"},
                                                   {"contentUrl", nullptr},
                                                   {"content", card}}})}};
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string mattermost_body(const Brief& brief) {
  std::string text = fmt::format("#### {}\n", markdown_text(brief.subject));
  for (const Group& group : brief.groups) {
    text += fmt::format("\n**{}**\n", markdown_text(group.heading));
    for (const Item& item : group.items)
      text += fmt::format("- {}  \n  {}\n", markdown_link(item.title, item.url),
                          markdown_text(replaced(item.note, {{'\n', " · "}})));
  }
  if (!brief.rest.empty()) text += fmt::format("\n{}\n", markdown_text(brief.rest));
  if (!brief.link.empty()) text += fmt::format("\n{}\n", markdown_link(brief.link_text, brief.link));
  return Json({{"text", text}}).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string html_link(std::string_view title, std::string_view url) {
  if (url.empty()) return text::escape_html(title);
  return fmt::format("<a href=\"{}\">{}</a>", text::escape_html(url), text::escape_html(title));
}

// "@room" calls everybody there.
std::string unmentioned(std::string_view text) { return replaced(text, {{'@', "@\u200b"}}); }

std::string matrix_body(const Brief& brief) {
  std::string text = brief.subject + "\n";
  std::string html = fmt::format("<h4>{}</h4>", text::escape_html(brief.subject));
  for (const Group& group : brief.groups) {
    text += fmt::format("\n{}\n", group.heading);
    html += fmt::format("<p><strong>{}</strong></p><ul>", text::escape_html(group.heading));
    for (const Item& item : group.items) {
      const std::string title = unmentioned(item.title);
      const std::string note = unmentioned(item.note);
      text += fmt::format("- {}\n{}\n{}\n", title, note, item.url);
      html += fmt::format("<li>{}<br>{}</li>", html_link(title, item.url),
                          text::escape_html(replaced(note, {{'\n', " · "}})));
    }
    html += "</ul>";
  }
  if (!brief.rest.empty()) {
    text += fmt::format("\n{}\n", brief.rest);
    html += fmt::format("<p>{}</p>", text::escape_html(brief.rest));
  }
  if (!brief.link.empty()) {
    text += fmt::format("\n{}: {}\n", brief.link_text, brief.link);
    html += fmt::format("<p>{}</p>", html_link(brief.link_text, brief.link));
  }
  return Json({{"text", text}, {"html", html}}).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string body_of(ChatStyle style, const Brief& brief) {
  switch (style) {
    case ChatStyle::slack: return slack_body(brief);
    case ChatStyle::teams: return teams_body(brief);
    case ChatStyle::mattermost: return mattermost_body(brief);
    case ChatStyle::matrix: return matrix_body(brief);
  }
  return {};
}

}  // namespace

std::optional<ChatStyle> chat_style(std::string_view name) {
  if (name == "slack") return ChatStyle::slack;
  if (name == "teams") return ChatStyle::teams;
  if (name == "mattermost") return ChatStyle::mattermost;
  if (name == "matrix") return ChatStyle::matrix;
  return std::nullopt;
}

std::string chat_note(ChatStyle style, const std::string& text) {
  Brief brief;
  brief.subject = text;
  return body_of(style, brief);
}

std::string chat_body(ChatStyle style, const Outline& outline, const Texts& texts, const config::Taxonomy& taxonomy) {
  return body_of(style, make_brief(outline, texts, taxonomy));
}

}  // namespace sotevahti::digest
