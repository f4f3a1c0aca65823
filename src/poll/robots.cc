#include "poll/robots.h"

#include <string>
#include <vector>

#include "text/words.h"

namespace sotevahti::poll {
namespace {

struct Rule {
  bool allow = false;
  std::string path;
};

// RFC 9309 2.2.2: `*` is any run of characters, `$` at the end is the end. Linear per rule
// but for the stars, which are few: the rule's length is bounded.
bool path_matches(std::string_view rule, std::string_view path) {
  const bool to_the_end = !rule.empty() && rule.back() == '$';
  if (to_the_end) rule.remove_suffix(1);
  std::size_t r = 0, p = 0, star = rule.npos, mark = 0;
  while (p < path.size()) {
    if (r < rule.size() && rule[r] == '*') {
      star = r++;
      mark = p;
    } else if (r < rule.size() && rule[r] == path[p]) {
      ++r;
      ++p;
    } else if (r == rule.size() && !to_the_end) {
      return true;
    } else if (star != rule.npos) {
      r = star + 1;
      p = ++mark;
    } else {
      return false;
    }
  }
  while (r < rule.size() && rule[r] == '*') ++r;
  return r == rule.size();
}

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r");
  if (from == text.npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r") + 1 - from);
}

// The rules of the group for our product name, else those for everybody.
std::vector<Rule> rules_for(std::string_view robots, std::string_view agent) {
  const std::string product = text::lower(agent.substr(0, agent.find_first_of("/ ")));
  std::vector<Rule> own, everybody;
  bool in_own = false, in_everybody = false, in_agents = false, own_seen = false;
  while (!robots.empty()) {
    const auto end = robots.find('\n');
    std::string_view line = robots.substr(0, end);
    robots.remove_prefix(end == robots.npos ? robots.size() : end + 1);
    line = trimmed(line.substr(0, line.find('#')));
    const auto colon = line.find(':');
    if (colon == line.npos) continue;
    const std::string key = text::lower(trimmed(line.substr(0, colon)));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (key == "user-agent") {
      if (!in_agents) in_own = in_everybody = false;
      in_agents = true;
      if (value == "*") in_everybody = true;
      if (!product.empty() && text::lower(value) == product) in_own = own_seen = true;
    } else if (key == "allow" || key == "disallow") {
      in_agents = false;
      if (value.empty() || value.size() > 500) continue;
      if (in_own) own.push_back({key == "allow", std::string(value)});
      if (in_everybody) everybody.push_back({key == "allow", std::string(value)});
    }
  }
  return own_seen ? own : everybody;
}

}  // namespace

bool robots_allow(std::string_view robots_txt, std::string_view user_agent, std::string_view url) {
  const auto from = url.find('/', url.find("//") + 2);
  std::string_view path = from == url.npos ? "/" : url.substr(from);
  path = path.substr(0, path.find('#'));
  // The longest rule that fits decides; of two equally long ones the one that allows.
  std::size_t longest = 0;
  bool allowed = true;
  for (const auto& rule : rules_for(robots_txt.substr(0, std::size_t{500} << 10), user_agent)) {
    if (rule.path.size() < longest || !path_matches(rule.path, path)) continue;
    allowed = rule.allow || (rule.path.size() == longest && allowed);
    longest = rule.path.size();
  }
  return allowed;
}

}  // namespace sotevahti::poll
