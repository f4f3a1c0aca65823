#include "web/feed_state.h"

namespace sotevahti::web {

using State = archive::Health::State;

std::string_view state_id(State state) {
  switch (state) {
    case State::fresh: return "fresh";
    case State::quiet: return "quiet";
    case State::failing: return "failing";
    case State::no_feed: return "no-feed";
    case State::never_polled: return "never-polled";
    case State::disabled: return "disabled";
  }
  return "";
}

std::string failure_words(const Visit& visit, const archive::Health& health) {
  if (!health.known.failure) return {};
  const std::string key = "cause." + health.known.failure->cause;
  return visit.messages.has(key) ? visit.say(key) : health.known.failure->cause;
}

void put_feed_state(Html& html, const Visit& visit, const archive::Health& health) {
  const std::string id(state_id(health.state));
  html.put("<span").attribute("class", "state " + id).put(">").text(visit.say("state." + id));
  if (health.state == State::failing && health.known.failing_since)
    html.put(" ").text(visit.say("state.since", {{"date", visit.short_day(*health.known.failing_since)}}));
  if (health.state == State::quiet && health.known.last_new_entry)
    html.put(" ").text(visit.say("state.since", {{"date", visit.short_day(*health.known.last_new_entry)}}));
  html.put("</span>");
}

}  // namespace sotevahti::web
