#include "deliver/letters.h"

#include <fmt/format.h>

#include <utility>

#include "archive/ledger.h"
#include "archive/people.h"
#include "archive/sign_ups.h"
#include "base/result.h"
#include "deliver/material.h"
#include "deliver/payload.h"
#include "digest/item_wording.h"
#include "digest/letter.h"
#include "digest/mail.h"
#include "digest/wording.h"
#include "text/one_line.h"
#include "text/url.h"

namespace sotevahti::deliver {
namespace {

using Use = archive::People::TokenUse;

constexpr base::Seconds day = std::chrono::hours(24);
constexpr std::size_t name_characters = 60;

// A letter on its way; `key` makes its Message-ID.
struct Post {
  std::string kind, key;
  std::string to, to_name;
  std::string subject;
  digest::Letter letter;
  std::vector<StandIn> stand_ins;
};

// Who may write a name into a form must not be able to write an advertisement to anybody by it.
std::string harmless(const std::string& name) {
  const bool is_suspicious = name.find_first_of("/@") != std::string::npos || name.find("www.") != std::string::npos;
  return is_suspicious ? "sotevahti" : text::one_line_of(name, name_characters);
}

std::string names_of(const std::vector<archive::Subscription>& running) {
  constexpr std::size_t most_named = 10;
  std::vector<std::string> names;
  for (const archive::Subscription& each : running)
    if (names.size() < most_named) names.push_back(text::one_line_of(each.name, name_characters));
  return digest::joined(names, "; ") + (running.size() > most_named ? " …" : "");
}

std::vector<archive::Subscription> running_of(archive::People& people, archive::SubscriberId reader) {
  std::vector<archive::Subscription> all = people.subscriptions();
  std::erase_if(all, [&](const archive::Subscription& each) {
    return each.subscriber != reader || !each.ended.empty() || each.channel.kind != archive::Channel::Kind::mail;
  });
  return all;
}

// Letters of one moment, as rows of the outbox.
class LetterWriter {
 public:
  LetterWriter(const Sender& sender, const digest::Texts& texts, base::Time now)
      : sender_(sender), texts_(texts), now_(now) {}

  base::Result<archive::OutboxRow> answer_to(const archive::SignUp& asked, archive::People& people) {
    if (const auto reader = people.subscriber(asked.address))
      if (const auto running = running_of(people, reader->id); !running.empty()) return notice(asked, *reader, running);
    return confirmation(asked);
  }

 private:
  // Asks to confirm. The link's token is drawn when it is sent.
  base::Result<archive::OutboxRow> confirmation(const archive::SignUp& asked) {
    Post post = post_to("confirm", asked, asked.language);
    const digest::Messages& messages = texts_.messages(post.letter.language);
    const digest::Wording wording(messages);
    const std::string name = harmless(asked.name);
    const auto last_day = base::Zone::helsinki().to_local(asked.asked + archive::SignUps::kept).day;
    post.stand_ins = {make_stand_in(Use::confirm, asked.id)};
    post.subject = messages.say("confirm.subject", {{"name", name}});
    post.letter.title = messages.say("confirm.title");
    post.letter.paragraphs = {messages.say("confirm.asked", {{"site", text::url_host(sender_.public_url)},
                                                             {"name", name},
                                                             {"cadence", wording.cadence(to_cadence(asked.rhythm))}})};
    post.letter.link_text = messages.say("confirm.link");
    post.letter.link_url = fmt::format("{}/confirm/{}", sender_.public_url, post.stand_ins[0].text);
    post.letter.after = {messages.say("confirm.until", {{"date", wording.date(last_day)}}),
                         messages.say("confirm.nothing")};
    return row_of(post);
  }

  // To one who has these subscriptions: that they go on, and where to change them.
  base::Result<archive::OutboxRow> notice(const archive::SignUp& asked, const archive::Subscriber& reader,
                                          const std::vector<archive::Subscription>& running) {
    Post post = post_to("known", asked, reader.language);
    const digest::Messages& messages = texts_.messages(post.letter.language);
    post.to = reader.address;
    post.to_name = reader.name;
    post.stand_ins = {make_stand_in(Use::manage, std::nullopt)};
    post.subject = messages.say("known.subject");
    post.letter.title = messages.say("known.title");
    post.letter.paragraphs = {messages.say(
        "known.asked",
        {{"site", text::url_host(sender_.public_url)}, {"name", harmless(asked.name)}, {"names", names_of(running)}})};
    post.letter.link_text = messages.say("known.link");
    post.letter.link_url = fmt::format("{}/manage/{}", sender_.public_url, post.stand_ins[0].text);
    post.letter.after = {messages.say("known.nothing")};
    auto row = row_of(post);
    if (row) row->subscriber = reader.id;
    return row;
  }

  Post post_to(const std::string& kind, const archive::SignUp& asked, const std::string& language) {
    Post post;
    post.kind = kind;
    post.key = fmt::format("{}|{}|{}", asked.id, base::to_unix(asked.asked), asked.address);
    post.to = asked.address;
    post.letter.language = digest::Texts::known_language(language);
    post.letter.organisation = sender_.organisation;
    return post;
  }

  base::Result<archive::OutboxRow> row_of(const Post& post) {
    digest::RenderedLetter rendered = digest::render(post.letter, texts_);
    digest::MailDraft mail;
    mail.from = sender_.from;
    mail.from_name = sender_.from_name;
    mail.reply_to = sender_.reply_to;
    mail.to = post.to;
    mail.to_name = post.to_name;
    mail.subject = post.subject;
    mail.language = post.letter.language;
    mail.date = now_;
    mail.message_id = digest::message_id(post.kind, post.key, sender_.from);
    mail.text = std::move(rendered.text);
    mail.html = std::move(rendered.html);
    auto built = digest::build_mail(mail);
    if (!built) return tl::unexpected(built.error());
    archive::OutboxRow row;
    row.recipient = post.to;
    row.message_id = mail.message_id;
    row.payload = pack_mail(post.stand_ins, *built);
    row.created = row.next_attempt = now_;
    return row;
  }

  const Sender& sender_;
  const digest::Texts& texts_;
  const base::Time now_;
};

}  // namespace

LetterReport answer_sign_ups(archive::Database& database, const Sender& sender, const digest::Texts& texts,
                             base::Time now) {
  LetterReport report;
  archive::SignUps sign_ups(database);
  archive::People people(database);
  LetterWriter writer(sender, texts, now);
  sign_ups.forget_old(now);
  for (const archive::SignUp& asked : sign_ups.waiting()) {
    if (sign_ups.letters_to(asked.address, now - day) >= most_letters_a_day) {
      sign_ups.mark_answered(asked.id, std::nullopt);
      ++report.held;
      continue;
    }
    const auto row = writer.answer_to(asked, people);
    database.durable_transaction([&] {
      std::optional<archive::OutboxId> letter;
      if (row) letter = archive::Ledger(database).enqueue(*row);
      sign_ups.mark_answered(asked.id, letter);
    });
    if (row) ++report.written;
    else report.problems.push_back(fmt::format("sign-up {}: {}", asked.id, row.error().message));
  }
  return report;
}

}  // namespace sotevahti::deliver
