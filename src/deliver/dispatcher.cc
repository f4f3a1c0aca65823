#include "deliver/dispatcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "archive/time_bound.h"
#include "base/hash.h"
#include "base/log.h"
#include "deliver/alerts.h"
#include "deliver/drafter.h"
#include "deliver/message.h"
#include "deliver/schedule.h"
#include "digest/digest_json.h"

namespace sotevahti::deliver {
namespace {

using archive::Subscriber;
using archive::Subscription;

// Decisions that go to disk together: one flush for many people.
constexpr std::size_t decisions_together = 32;
// A quiet window of one who is told at once stays open so long, and is not written each minute.
constexpr base::Seconds quiet_left_open = std::chrono::hours(6);

void append(std::vector<std::string>& all, const std::vector<std::string>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

bool is_active(const Subscription& subscription) { return subscription.paused.empty() && subscription.ended.empty(); }

std::string_view trimmed_slash(std::string_view url) {
  while (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

}  // namespace

Sender Sender::of(const config::Settings& settings) {
  Sender sender;
  sender.from = settings.mail.from;
  sender.from_name = settings.mail.from_name;
  sender.reply_to = settings.mail.reply_to;
  sender.organisation = settings.digest.organisation;
  sender.reminder_days = settings.digest.reminder_days;
  sender.public_url = settings.web.public_url.empty() ? "http://" + settings.web.listen
                                                      : std::string(trimmed_slash(settings.web.public_url));
  return sender;
}

class Dispatcher::Impl {
 public:
  Impl(archive::Database& database, const config::Taxonomy& taxonomy, const config::Catalogue& catalogue,
       const digest::Texts& texts, Sender sender)
      : database_(database),
        people_(database),
        ledger_(database),
        taxonomy_(taxonomy),
        catalogue_(catalogue),
        texts_(texts),
        sender_(std::move(sender)),
        renderer_(texts, taxonomy) {}

  BuildReport build_due(base::Time now) {
    BuildReport report;
    if (const std::size_t windows = people_.rewind(now))
      base::log_info("the clock was set back: {} windows begin now, nothing is told twice", windows);
    Drafter drafter(database_, taxonomy_, catalogue_, sender_, now);
    std::map<archive::SubscriberId, Subscriber> readers;
    for (Subscriber& reader : people_.subscribers()) readers.emplace(reader.id, std::move(reader));
    decide_all(drafter, readers, due_windows(readers, now, report), now, report);
    // After the digests: what they told needs no alert.
    AlertsDue alerts = alerts_due(database_, taxonomy_, active_subscriptions(readers), now);
    append(report.problems, alerts.problems);
    decide_all(drafter, readers, std::move(alerts.windows), now, report);
    return report;
  }

  std::optional<base::Time> next_due(base::Time now) {
    std::optional<base::Time> first;
    for (const Subscription& subscription : people_.subscriptions()) {
      const auto zone = base::Zone::find(subscription.zone);
      if (!is_active(subscription) || !zone) continue;
      const base::Time due = std::max(now, subscription.rhythm.next_due(subscription.window_start, *zone));
      if (!first || due < *first) first = due;
    }
    return first;
  }

  base::Result<Preview> preview(const Subscription& subscription, base::Time now, std::chrono::days back) {
    Preview preview;
    const auto walked = walk_windows(subscription, now, back, [&](const Draft& draft) {
      DraftDigest digest = draft_of(draft);
      preview.stories += digest.stories;
      if (digest.stories > 0) preview.digests.push_back(std::move(digest));
    });
    if (!walked) return tl::unexpected(walked.error());
    return preview;
  }

  base::Result<Forecast> forecast(const Subscription& subscription, base::Time now, std::chrono::days back,
                                  std::chrono::milliseconds patience) {
    Forecast forecast;
    const auto end = std::chrono::steady_clock::now() + patience;
    // Anew for each window: a question with a bound of its own takes this one's place.
    std::optional<archive::TimeBound> bound;
    const auto hold = [&] {
      bound.emplace(database_,
                    std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()));
      if (bound->struck()) throw archive::Interrupted("counting took too long");
    };
    try {
      hold();
      const auto walked = walk_windows(subscription, now, back, [&](const Draft& draft) {
        hold();
        if (draft.outline.empty()) return;
        ++forecast.digests;
        forecast.stories += draft.outline.counts.all();
        forecast.last = first_stories(draft.outline);
      });
      if (!walked) return tl::unexpected(walked.error());
    } catch (const archive::Interrupted&) {
      forecast.is_whole = false;
    }
    return forecast;
  }

  base::Result<DraftDigest> upcoming(const Subscription& subscription, base::Time now) {
    Drafter drafter(database_, taxonomy_, catalogue_, sender_, now);
    auto window = DueWindow::of(subscription, now);
    if (!window) return tl::unexpected(window.error());
    const std::vector<DueWindow> windows{std::move(*window)};
    return draft_of(drafter.draft({windows, language_of(subscription), "", "", nullptr}));
  }

 private:
  // What each window of the last days would have brought, as if nothing had been told.
  template <class Take>
  base::Result<base::Done> walk_windows(Subscription subscription, base::Time now, std::chrono::days back, Take take) {
    subscription.subscriber = 0;
    subscription.alerted = {};
    subscription.window_start = now - back;
    const auto zone = base::Zone::find(subscription.zone);
    if (!zone) return tl::unexpected(zone.error());
    Drafter drafter(database_, taxonomy_, catalogue_, sender_, now);
    std::set<archive::StoryId> told;
    // What is wanted at once is gathered by the hour here.
    const bool immediate = subscription.rhythm.kind == archive::Rhythm::Kind::immediate;
    const base::Seconds least = immediate ? base::Seconds(std::chrono::hours(1)) : base::Seconds(0);
    const auto next = [&] { return subscription.rhythm.next_due(subscription.window_start + least, *zone); };
    for (base::Time end = next(); end <= now; end = next()) {
      auto window = DueWindow::of(subscription, end);
      if (!window) return tl::unexpected(window.error());
      const std::vector<DueWindow> windows{std::move(*window)};
      take(drafter.draft({windows, language_of(subscription), "", "", &told}));
      subscription.window_start = end;
    }
    return base::Done{};
  }

  static std::vector<digest::Story> first_stories(const digest::Outline& outline) {
    constexpr std::size_t shown = 3;
    std::vector<digest::Story> first;
    for (const digest::SectionOutline& section : outline.sections)
      for (const digest::Block& block : section.blocks)
        for (const digest::Story& story : block.stories)
          if (first.size() < shown) first.push_back(story);
    return first;
  }

  void decide_all(Drafter& drafter, const std::map<archive::SubscriberId, Subscriber>& readers, WindowsByReader&& due,
                  base::Time now, BuildReport& report) {
    for (auto& [id, windows] : due) {
      const Subscriber& reader = readers.at(id);
      std::vector<DueWindow> by_mail;
      for (DueWindow& window : windows) {
        if (window.subscription.channel.kind == archive::Channel::Kind::mail) by_mail.push_back(std::move(window));
        else decide(drafter, reader, {std::move(window)}, now, report);
      }
      if (!by_mail.empty()) decide(drafter, reader, std::move(by_mail), now, report);
      if (decided_.size() >= decisions_together) write(report);
    }
    write(report);
  }

  std::vector<Subscription> active_subscriptions(const std::map<archive::SubscriberId, Subscriber>& readers) {
    std::vector<Subscription> active = people_.subscriptions();
    std::erase_if(active, [&](const Subscription& subscription) {
      const auto reader = readers.find(subscription.subscriber);
      return !is_active(subscription) || reader == readers.end() || !reader->second.confirmed ||
             !reader->second.suspended.empty();
    });
    return active;
  }

  WindowsByReader due_windows(const std::map<archive::SubscriberId, Subscriber>& readers, base::Time now,
                              BuildReport& report) {
    WindowsByReader due;
    for (Subscription& subscription : active_subscriptions(readers)) {
      const archive::SubscriptionId id = subscription.id;
      const auto zone = base::Zone::find(subscription.zone);
      const auto end =
          window_end(subscription.rhythm, subscription.window_start, now, zone ? *zone : base::Zone::utc());
      if (!end) continue;
      const archive::SubscriberId reader = subscription.subscriber;
      auto window = DueWindow::of(std::move(subscription), *end);
      if (window) due[reader].push_back(std::move(*window));
      else report.problems.push_back(fmt::format("subscription {}: {}", id, window.error().message));
    }
    return due;
  }

  struct Decided {
    archive::Decision decision;
    std::vector<archive::OutboxRow> events;  // rows beside the decision's own
  };

  // One message for all these windows, or the word that there is nothing to tell.
  void decide(Drafter& drafter, const Subscriber& reader, std::vector<DueWindow> windows, base::Time now,
              BuildReport& report) {
    const bool by_mail = windows[0].subscription.channel.kind == archive::Channel::Kind::mail;
    const std::string token = base::random_token();
    const std::string page_url = fmt::format("{}/digests/{}", sender_.public_url, token);
    const PersonalLinks links = by_mail ? draw_links(windows, sender_.public_url) : PersonalLinks{};
    const Draft draft = drafter.draft({windows, language_of(windows, reader), page_url, links.manage_url, nullptr});

    Decided decided;
    decided.decision.subscriber = reader.id;
    decided.decision.is_alert = windows[0].is_alert;
    if (!by_mail) decided.decision.webhook = windows[0].subscription.id;
    for (const DueWindow& window : windows)
      decided.decision.windows.push_back({window.subscription.id, window.from, window.to});
    if (draft.outline.empty()) {
      if (is_worth_closing(windows)) decided_.push_back(std::move(decided));
      if (!windows[0].is_alert) ++report.quiet;
      return;
    }
    digest::Renderer::PageAndMail rendered = renderer_.page_and_mail(draft.outline);
    const std::string key = delivery_key(reader.id, windows, draft);
    const MessageParts parts{draft, rendered.mail, key, sender_, now, windows[0].is_alert};
    if (by_mail) {
      auto row = mail_row(parts, reader, links, wants_calendar(windows), texts_);
      if (!row) return report.problems.push_back(fmt::format("subscriber {}: {}", reader.id, row.error().message));
      if (windows[0].is_alert) row->subscription = windows[0].subscription.id;
      decided.decision.row = std::move(*row);
    } else {
      auto rows = webhook_rows(parts, windows[0].subscription, texts_, taxonomy_);
      decided.decision.row = std::move(rows.front());
      decided.events.assign(std::make_move_iterator(rows.begin() + 1), std::make_move_iterator(rows.end()));
    }
    decided.decision.stories = draft.stories;
    decided.decision.reminded = draft.reminded;
    decided.decision.digest = stored(draft, std::move(rendered.page), reader.id, token, now);
    decided_.push_back(std::move(decided));
    ++report.messages;
    if (windows[0].is_alert) ++report.alerts;
    report.stories += draft.stories.size() + draft.reminded.size();
  }

  static bool wants_calendar(const std::vector<DueWindow>& windows) {
    return std::any_of(windows.begin(), windows.end(),
                       [](const DueWindow& window) { return window.subscription.attaches_calendar; });
  }

  static bool is_worth_closing(const std::vector<DueWindow>& windows) {
    return std::any_of(windows.begin(), windows.end(), [](const DueWindow& window) {
      return window.is_alert || window.subscription.rhythm.kind != archive::Rhythm::Kind::immediate ||
             window.to - window.from >= quiet_left_open;
    });
  }

  static archive::StoredDigest stored(const Draft& draft, digest::Rendered page, archive::SubscriberId reader,
                                      const std::string& token, base::Time now) {
    archive::StoredDigest digest;
    digest.subscriber = reader;
    digest.built = now;
    digest.from = draft.outline.sections.front().section.from;
    for (const digest::SectionOutline& section : draft.outline.sections) {
      digest.subscriptions.push_back(section.section.subscription);
      digest.from = std::min(digest.from, section.section.from);
      digest.to = std::max(digest.to, section.section.to);
    }
    digest.subject = std::move(page.subject);
    digest.html = std::move(page.html);
    digest.text = std::move(page.text);
    digest.entries = draft.entries;
    digest.public_token = token;
    return digest;
  }

  // All that was decided, in one transaction; a window that another build closed is left as it is.
  void write(BuildReport& report) {
    if (decided_.empty()) return;
    const std::vector<Decided> decided = std::exchange(decided_, {});
    database_.durable_transaction([&] {
      for (const Decided& one : decided) {
        if (!ledger_.commit(one.decision)) {
          if (one.decision.row) --report.messages;
          continue;
        }
        for (archive::OutboxRow row : one.events) {
          row.subscriber = one.decision.subscriber;
          ledger_.enqueue(row);
        }
      }
    });
  }

  DraftDigest draft_of(const Draft& draft) {
    DraftDigest digest;
    const digest::SectionOutline& section = draft.outline.sections.front();
    digest.from = section.section.from;
    digest.to = section.section.to;
    digest.stories = draft.outline.counts.all();
    digest.rendered = renderer_.page(draft.outline);
    digest.data = digest::digest_json(draft.outline, digest.rendered.subject);
    return digest;
  }

  static std::string known_language(const std::string& language) {
    return digest::Texts::has_language(language) ? language : "fi";
  }

  std::string language_of(const Subscription& subscription) {
    if (!subscription.language.empty()) return known_language(subscription.language);
    const auto reader = people_.subscriber(subscription.subscriber);
    return known_language(reader ? reader->language : "fi");
  }

  // The words around the stories: one language for a message, the reader's own where his
  // subscriptions differ.
  static std::string language_of(const std::vector<DueWindow>& windows, const Subscriber& reader) {
    const std::string& first = windows[0].subscription.language;
    const bool is_shared = std::all_of(windows.begin(), windows.end(),
                                       [&](const DueWindow& window) { return window.subscription.language == first; });
    return known_language(is_shared && !first.empty() ? first : reader.language);
  }

  archive::Database& database_;
  archive::People people_;
  archive::Ledger ledger_;
  const config::Taxonomy& taxonomy_;
  const config::Catalogue& catalogue_;
  const digest::Texts& texts_;
  const Sender sender_;
  digest::Renderer renderer_;
  std::vector<Decided> decided_;
};

Dispatcher::Dispatcher(archive::Database& database, const config::Taxonomy& taxonomy,
                       const config::Catalogue& catalogue, const digest::Texts& texts, Sender sender)
    : impl_(std::make_unique<Impl>(database, taxonomy, catalogue, texts, std::move(sender))) {}
Dispatcher::~Dispatcher() = default;

BuildReport Dispatcher::build_due(base::Time now) { return impl_->build_due(now); }
std::optional<base::Time> Dispatcher::next_due(base::Time now) { return impl_->next_due(now); }

base::Result<Preview> Dispatcher::preview(const Subscription& subscription, base::Time now, std::chrono::days back) {
  return impl_->preview(subscription, now, back);
}

base::Result<Forecast> Dispatcher::forecast(const Subscription& subscription, base::Time now, std::chrono::days back,
                                            std::chrono::milliseconds patience) {
  return impl_->forecast(subscription, now, back, patience);
}

base::Result<DraftDigest> Dispatcher::upcoming(const Subscription& subscription, base::Time now) {
  return impl_->upcoming(subscription, now);
}

}  // namespace sotevahti::deliver
