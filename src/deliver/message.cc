#include "deliver/message.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "digest/calendar.h"
#include "digest/chat.h"
#include "digest/digest_json.h"
#include "digest/mail.h"
#include "digest/webhook.h"
#include "text/url.h"

namespace sotevahti::deliver {
namespace {

using Use = archive::People::TokenUse;

archive::OutboxRow row_of(const MessageParts& parts, archive::Channel channel) {
  archive::OutboxRow row;
  row.channel = std::move(channel);
  row.created = row.next_attempt = parts.now;
  return row;
}

archive::OutboxRow webhook_row(const MessageParts& parts, const archive::Subscription& subscription,
                               const std::string& key, std::string payload) {
  archive::OutboxRow row = row_of(parts, subscription.channel);
  row.subscription = subscription.id;
  row.recipient = subscription.channel.url;
  row.message_id = digest::webhook_id(key);
  row.payload = std::move(payload);
  return row;
}

std::string_view event_of(digest::Block::Kind kind) {
  switch (kind) {
    case digest::Block::Kind::moved: return "deadline.moved";
    case digest::Block::Kind::changed: return "entry.changed";
    case digest::Block::Kind::closing:
    case digest::Block::Kind::area:
    case digest::Block::Kind::meeting: return "entry.new";
  }
  return "entry.new";
}

std::vector<archive::OutboxRow> event_rows(const MessageParts& parts, const archive::Subscription& subscription) {
  std::vector<archive::OutboxRow> rows;
  const digest::Outline& outline = parts.draft.outline;
  for (const digest::SectionOutline& section : outline.sections)
    for (const digest::Block& block : section.blocks)
      for (const digest::Story& story : block.stories) {
        const std::string_view event = story.reminder ? "deadline.near" : event_of(block.kind);
        rows.push_back(
            webhook_row(parts, subscription, fmt::format("{}|{}", parts.key, story.id),
                        digest::webhook_body(event, outline.material.at, digest::story_json(story, outline.material))));
      }
  return rows;
}

// Where one subscription alone has something to tell, the header's link ends that one.
const std::string& header_link(const digest::Outline& outline, const PersonalLinks& links) {
  const digest::Section* told = nullptr;
  for (const digest::SectionOutline& section : outline.sections) {
    if (section.blocks.empty()) continue;
    if (told != nullptr) return links.unsubscribe_url;
    told = &section.section;
  }
  return told == nullptr || told->unsubscribe_url.empty() ? links.unsubscribe_url : told->unsubscribe_url;
}

}  // namespace

PersonalLinks draw_links(std::vector<DueWindow>& windows, const std::string& public_url) {
  PersonalLinks links;
  const auto draw = [&](Use use, std::optional<archive::SubscriptionId> subscription, std::string_view path) {
    links.stand_ins.push_back(make_stand_in(use, subscription));
    return fmt::format("{}/{}/{}", public_url, path, links.stand_ins.back().text);
  };
  for (DueWindow& window : windows)
    window.unsubscribe_url = draw(Use::unsubscribe, window.subscription.id, "unsubscribe");
  links.unsubscribe_url =
      windows.size() == 1 ? windows[0].unsubscribe_url : draw(Use::unsubscribe, std::nullopt, "unsubscribe");
  links.manage_url = draw(Use::manage, std::nullopt, "manage");
  return links;
}

std::string delivery_key(archive::SubscriberId subscriber, const std::vector<DueWindow>& windows, const Draft& draft) {
  std::string key = fmt::format("{}{}", windows.front().is_alert ? "alert|" : "", subscriber);
  for (const DueWindow& window : windows)
    key += fmt::format("|{}:{}-{}", window.subscription.id, base::to_unix(window.from), base::to_unix(window.to));
  return fmt::format("{}|{}|{}", key, fmt::join(draft.stories, ","), fmt::join(draft.reminded, ","));
}

base::Result<archive::OutboxRow> mail_row(const MessageParts& parts, const archive::Subscriber& reader,
                                          const PersonalLinks& links, bool with_calendar) {
  const digest::Material& material = parts.draft.outline.material;
  const Sender& sender = parts.sender;
  digest::MailDraft mail;
  mail.from = sender.from;
  mail.from_name = sender.from_name;
  mail.reply_to = sender.reply_to;
  mail.to = reader.address;
  mail.to_name = reader.name;
  mail.subject = parts.rendered.subject;
  mail.language = material.language;
  mail.date = parts.now;
  mail.message_id = digest::message_id("digest", parts.key, sender.from);
  mail.text = parts.rendered.text;
  mail.html = parts.rendered.html;
  mail.list_name = sender.organisation.empty() ? sender.from_name : sender.organisation;
  mail.list_id = fmt::format("digest.{}", digest::domain_of(sender.from));
  mail.unsubscribe_url = header_link(parts.draft.outline, links);
  mail.help_url = sender.public_url + "/subscribe";
  mail.archive_url = material.page_url;
  if (with_calendar)
    mail.calendar = digest::deadlines_calendar(parts.draft.outline, parts.texts.messages(material.language),
                                               text::url_host(sender.public_url));
  auto built = digest::build_mail(mail);
  if (!built) return tl::unexpected(built.error());

  archive::OutboxRow row = row_of(parts, archive::Channel{});
  row.recipient = reader.address;
  row.message_id = mail.message_id;
  row.payload = pack_mail(links.stand_ins, *built);
  return row;
}

archive::OutboxRow test_row(const archive::Subscription& subscription, base::Time now) {
  archive::OutboxRow row;
  row.subscriber = subscription.subscriber;
  row.subscription = subscription.id;
  row.channel = subscription.channel;
  row.recipient = subscription.channel.url;
  row.message_id = digest::webhook_id(fmt::format("test|{}|{}", subscription.id, base::random_token()));
  row.created = row.next_attempt = now;
  if (const auto style = digest::chat_style(subscription.channel.style)) {
    row.payload = digest::chat_note(*style, fmt::format("sotevahti: test, \"{}\"", subscription.name));
  } else {
    const nlohmann::json data = {{"subscription", subscription.id}, {"name", subscription.name}};
    row.payload = digest::webhook_body("test", now, data.dump());
  }
  return row;
}

std::vector<archive::OutboxRow> webhook_rows(const MessageParts& parts, const archive::Subscription& subscription,
                                             const config::Taxonomy& taxonomy) {
  const digest::Outline& outline = parts.draft.outline;
  if (const auto style = digest::chat_style(subscription.channel.style))
    return {webhook_row(parts, subscription, parts.key, digest::chat_body(*style, outline, parts.texts, taxonomy))};
  if (parts.is_alert || subscription.rhythm.is_immediate()) return event_rows(parts, subscription);
  return {webhook_row(
      parts, subscription, parts.key,
      digest::webhook_body("digest", outline.material.at, digest::digest_json(outline, parts.rendered.subject)))};
}

}  // namespace sotevahti::deliver
