#include "deliver/dispatcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/hash.h"
#include "base/log.h"
#include "deliver/alerts.h"
#include "deliver/drafter.h"
#include "deliver/message.h"
#include "deliver/schedule.h"

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

}  // namespace

class Dispatcher::Impl {
 public:
  explicit Impl(DigestParts parts)
      : parts_(std::move(parts)),
        people_(parts_.database),
        ledger_(parts_.database),
        renderer_(parts_.texts, parts_.taxonomy) {}

  BuildReport build_due(base::Time now) {
    if (const std::size_t windows = people_.rewind(now))
      base::log_info("the clock was set back: {} windows begin now, nothing is told twice", windows);
    Build build{Drafter(parts_, now), now, {}};
    std::map<archive::SubscriberId, Subscriber> readers;
    for (Subscriber& reader : people_.subscribers()) readers.emplace(reader.id, std::move(reader));
    decide_all(build, readers, due_windows(readers, now, build.report));
    // After the digests: what they told needs no alert.
    AlertsDue alerts = alerts_due(parts_.database, parts_.taxonomy, active_subscriptions(readers), now);
    append(build.report.problems, alerts.problems);
    decide_all(build, readers, std::move(alerts.windows));
    return std::move(build.report);
  }

  std::optional<base::Time> next_due(base::Time built) {
    std::optional<base::Time> first;
    for (const Subscription& subscription : people_.subscriptions()) {
      const auto zone = base::Zone::find(subscription.zone);
      if (!is_active(subscription) || !zone) continue;
      const auto due = next_end(subscription.rhythm, subscription.window_start, built, *zone);
      if (due && (!first || *due < *first)) first = due;
    }
    return first;
  }

 private:
  // One build under way.
  struct Build {
    Drafter drafter;
    const base::Time now;
    BuildReport report;
  };

  void decide_all(Build& build, const std::map<archive::SubscriberId, Subscriber>& readers, WindowsByReader&& due) {
    for (auto& [id, windows] : due) {
      const Subscriber& reader = readers.at(id);
      std::vector<DueWindow> by_mail;
      for (DueWindow& window : windows) {
        if (window.subscription.channel.kind == archive::Channel::Kind::mail) by_mail.push_back(std::move(window));
        else decide(build, reader, {std::move(window)});
      }
      if (!by_mail.empty()) decide(build, reader, std::move(by_mail));
      if (decided_.size() >= decisions_together) write(build.report);
    }
    write(build.report);
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
  void decide(Build& build, const Subscriber& reader, std::vector<DueWindow> windows) {
    const bool by_mail = windows[0].subscription.channel.kind == archive::Channel::Kind::mail;
    const std::string token = base::random_token();
    const std::string page_url = fmt::format("{}/digests/{}", parts_.sender.public_url, token);
    const PersonalLinks links = by_mail ? draw_links(windows, parts_.sender.public_url) : PersonalLinks{};
    const Draft draft =
        build.drafter.draft({windows, language_of(windows, reader), page_url, links.manage_url, nullptr});

    Decided decided;
    decided.decision.subscriber = reader.id;
    decided.decision.is_alert = windows[0].is_alert;
    if (!by_mail) decided.decision.webhook = windows[0].subscription.id;
    for (const DueWindow& window : windows)
      decided.decision.windows.push_back({window.subscription.id, window.from, window.to});
    if (draft.outline.empty()) {
      if (is_worth_closing(windows)) decided_.push_back(std::move(decided));
      if (!windows[0].is_alert) ++build.report.quiet;
      return;
    }
    digest::Renderer::PageAndMail rendered = renderer_.page_and_mail(draft.outline);
    const std::string key = delivery_key(reader.id, windows, draft);
    const MessageParts parts{draft, rendered.mail, key, parts_.sender, parts_.texts, build.now, windows[0].is_alert};
    if (by_mail) {
      auto row = mail_row(parts, reader, links, wants_calendar(windows));
      if (!row)
        return build.report.problems.push_back(fmt::format("subscriber {}: {}", reader.id, row.error().message));
      if (windows[0].is_alert) row->subscription = windows[0].subscription.id;
      decided.decision.row = std::move(*row);
    } else {
      auto rows = webhook_rows(parts, windows[0].subscription, parts_.taxonomy);
      decided.decision.row = std::move(rows.front());
      decided.events.assign(std::make_move_iterator(rows.begin() + 1), std::make_move_iterator(rows.end()));
    }
    decided.decision.stories = draft.stories;
    decided.decision.reminded = draft.reminded;
    decided.decision.digest = stored(draft, std::move(rendered.page), reader.id, token, build.now);
    decided_.push_back(std::move(decided));
    ++build.report.messages;
    if (windows[0].is_alert) ++build.report.alerts;
    build.report.stories += draft.stories.size() + draft.reminded.size();
  }

  static bool wants_calendar(const std::vector<DueWindow>& windows) {
    return std::any_of(windows.begin(), windows.end(),
                       [](const DueWindow& window) { return window.subscription.attaches_calendar; });
  }

  static bool is_worth_closing(const std::vector<DueWindow>& windows) {
    return std::any_of(windows.begin(), windows.end(), [](const DueWindow& window) {
      return window.is_alert || !window.subscription.rhythm.is_immediate() ||
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
    parts_.database.durable_transaction([&] {
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

  // The words around the stories: one language for a message, the reader's own where his
  // subscriptions differ.
  static std::string language_of(const std::vector<DueWindow>& windows, const Subscriber& reader) {
    const std::string& first = windows[0].subscription.language;
    const bool is_shared = std::all_of(windows.begin(), windows.end(),
                                       [&](const DueWindow& window) { return window.subscription.language == first; });
    return digest::Texts::known_language(is_shared && !first.empty() ? first : reader.language);
  }

  const DigestParts parts_;
  archive::People people_;
  archive::Ledger ledger_;
  digest::Renderer renderer_;
  std::vector<Decided> decided_;
};

Dispatcher::Dispatcher(DigestParts parts) : impl_(std::make_unique<Impl>(std::move(parts))) {}
Dispatcher::~Dispatcher() = default;

BuildReport Dispatcher::build_due(base::Time now) { return impl_->build_due(now); }
std::optional<base::Time> Dispatcher::next_due(base::Time built) { return impl_->next_due(built); }

}  // namespace sotevahti::deliver
