#include "service/source_note.h"

#include <fmt/format.h>

#include "archive/feed_store.h"
#include "archive/ledger.h"
#include "archive/told_states.h"
#include "deliver/admin_letter.h"

namespace sotevahti::service {
namespace {

using State = archive::Health::State;

constexpr base::Seconds week = std::chrono::hours(7 * 24);

// A failure of another class is news, one more failure of the same is not.
std::string told_as(const archive::Health& health) {
  std::string state(archive::to_string(health.state));
  if (health.state == State::failing) state += " " + health.known.failure->cause;
  return state;
}

bool is_well(std::string_view state) { return state == archive::to_string(State::fresh); }

std::string flood_line(const archive::Health& health) {
  return fmt::format("  {}: {} entries of one poll were archived without telling\n", health.feed->title,
                     health.known.flooded_entries);
}

}  // namespace

std::optional<SourceNote> compose_source_note(const std::vector<archive::Health>& all,
                                              const std::unordered_map<std::string, std::string>& told, base::Time last,
                                              base::Time now) {
  SourceNote note;
  std::string worse, well, floods;
  for (const auto& health : all) {
    if (health.state == State::never_polled) continue;
    std::string state = told_as(health);
    const auto before = told.find(health.feed->id);
    const bool changed = before == told.end() ? !is_well(state) : before->second != state;
    if (changed)
      (is_well(state) ? well : worse) += fmt::format("  {} ({}): {}\n    {}\n", health.feed->title, health.feed->id,
                                                     archive::to_string(health.state), archive::sentence(health));
    if (health.known.flooded_at && *health.known.flooded_at > last) floods += flood_line(health);
    note.states.emplace_back(health.feed->id, std::move(state));
  }
  if (worse.empty() && well.empty() && floods.empty()) return std::nullopt;
  const archive::Reach reach = archive::reach_of(all);
  note.subject = fmt::format("{} of {} sources are read", reach.read, reach.of);
  note.text = fmt::format("{} of {} sources are read. This has changed since {}:\n", reach.read, reach.of,
                          base::to_iso_date(base::Zone::helsinki().to_local(last).day));
  if (!worse.empty()) note.text += "\nNot as before:\n" + worse;
  if (!well.empty()) note.text += "\nWell again:\n" + well;
  if (!floods.empty()) note.text += "\nToo much at once:\n" + floods;
  note.text += fmt::format("\nAll of them: sotevahti feeds list\nNext note not before {}.\n",
                           base::to_iso_date(base::Zone::helsinki().to_local(now + week).day));
  return note;
}

base::Result<bool> note_sources(archive::Database& database, const Configuration& configuration, base::Time now) {
  const auto& mail = configuration.settings().mail;
  if (mail.admin.empty()) return false;
  archive::ToldStates told(database);
  const auto last = told.last_note();
  if (!last) database.transaction([&] { told.begin(now); });
  if (!last || now - *last < week) return false;

  const auto states = archive::FeedStore(database).states();
  const auto all = archive::health_of(configuration.catalogue, states, now);
  const auto note = compose_source_note(all, told.states(), *last, now);
  if (!note) {
    database.transaction([&] { told.begin(now); });
    return false;
  }
  const std::string key = std::to_string(base::to_unix(now));
  const auto row = deliver::letter_to_admin(deliver::AdminAddress::of(configuration.settings()),
                                            {"sources", key, note->subject, note->text}, now);
  if (!row) return tl::unexpected(row.error());
  database.durable_transaction([&] {
    archive::Ledger(database).enqueue(*row);
    told.write(note->states, now);
  });
  return true;
}

}  // namespace sotevahti::service
