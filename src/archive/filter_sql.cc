#include "archive/filter_sql.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "archive/entry_id.h"
#include "archive/filter_match.h"
#include "archive/filter_words.h"
#include "archive/query.h"
#include "archive/terms.h"
#include "base/zone.h"
#include "text/words.h"

namespace sotevahti::archive {
namespace {

using Kind = Filter::Kind;

constexpr std::size_t most_feed_marks = 48;  // more feeds than this are compared row by row
constexpr std::string_view shown_sql = "min(coalesce(e.published, e.arrived), e.arrived)";

std::chrono::year_month_day local_day(base::Time time) { return base::Zone::helsinki().to_local(time).day; }

base::Time start_of(std::chrono::year_month_day day) { return base::Zone::helsinki().to_utc({day, 0, 0, 0}); }

std::chrono::year_month_day days_after(std::chrono::year_month_day day, int days) {
  return std::chrono::sys_days(day) + std::chrono::days(days);
}

// The language that all of a filter's entries have, where it says so.
std::string one_language(const Filter& filter) {
  if (filter.kind == Kind::language && filter.values.size() == 1) return filter.values.front();
  if (filter.kind != Kind::both) return "";
  for (const Filter& part : filter.parts) {
    if (part.kind == Kind::language && part.values.size() == 1) return part.values.front();
  }
  return "";
}

bool says_every_telling(const Filter& filter) {
  return filter.kind == Kind::every_telling ||
         std::any_of(filter.parts.begin(), filter.parts.end(), says_every_telling);
}

class Compiler {
 public:
  Compiler(Database& database, const config::Taxonomy& taxonomy, base::Time now, std::string lang)
      : database_(database), words_(database, taxonomy, std::move(lang)), now_(now) {}

  FilterSql compile(const Filter& filter) {
    sql_.folds_stories = !says_every_telling(filter);
    Conjunction indexed;
    std::vector<std::string> conditions;
    for (const Filter& part : filter.kind == Kind::both ? filter.parts : std::vector{filter}) {
      bound_by(part);
      if (add(indexed, part)) continue;
      if (part.kind == Kind::exact) indexed.all.push_back(words_.match(part));
      conditions.push_back(part.kind == Kind::exact ? says_form(part) : condition(part));
    }
    sql_.match = indexed.expression();
    sql_.condition = fmt::format("{}", fmt::join(conditions, " AND "));
    collect_words(filter);
    if (!shown_words_.empty()) sql_.words = any_of(shown_words_);
    return std::move(sql_);
  }

 private:
  // A full-text expression, empty where everything is meant; none where the index cannot say.
  std::optional<std::string> match(const Filter& filter) {
    switch (filter.kind) {
      case Kind::everything:
      case Kind::every_telling: return "";
      case Kind::both: return match_both(filter);
      case Kind::either: return match_either(filter);
      case Kind::negation: return match_negation(filter);
      case Kind::word:
      case Kind::prefix:
      case Kind::phrase:
      case Kind::near: return words_.match(filter);
      case Kind::area: return marks("area", filter.values);
      case Kind::topic: return marks("topic", filter.values);
      case Kind::language: return marks("lang", filter.values);
      case Kind::has_deadline: return quoted_mark("has", "deadline");
      case Kind::source:
      case Kind::kind:
      case Kind::role: return match_feeds(filter);
      default: return std::nullopt;
    }
  }

  // What all must hold and what must not: the index takes away quicker than it
  // intersects with everything else.
  struct Conjunction {
    std::vector<std::string> all, none;
    std::string expression() const {
      const std::string most = all.empty() ? fmt::format("\"{}\"", every_entry) : all_of(all);
      if (none.empty()) return all.empty() ? "" : most;
      return fmt::format("({} NOT {})", most, any_of(none));
    }
  };

  // False where the index cannot say.
  bool add(Conjunction& to, const Filter& part) {
    const bool negated = part.kind == Kind::negation;
    auto expression = match(negated ? part.parts.front() : part);
    if (!expression) return false;
    if (negated && expression->empty()) {
      to.all.push_back(nothing());
    } else if (!expression->empty()) {
      (negated ? to.none : to.all).push_back(std::move(*expression));
    }
    return true;
  }

  std::optional<std::string> match_both(const Filter& filter) {
    Conjunction all;
    for (const Filter& part : filter.parts) {
      if (!add(all, part)) return std::nullopt;
    }
    return all.expression();
  }

  std::optional<std::string> match_either(const Filter& filter) {
    std::vector<std::string> any;
    for (const Filter& part : filter.parts) {
      auto expression = match(part);
      if (!expression) return std::nullopt;
      if (expression->empty()) return "";
      any.push_back(std::move(*expression));
    }
    return any_of(any);
  }

  std::optional<std::string> match_negation(const Filter& filter) {
    Conjunction one;
    return add(one, filter) ? std::optional(one.expression()) : std::nullopt;
  }

  static std::string nothing() { return quoted_mark("none", ""); }

  static std::string marks(std::string_view kind, const std::vector<std::string>& values) {
    std::vector<std::string> any;
    for (const std::string& value : values) any.push_back(quoted_mark(kind, value));
    return any_of(any);
  }

  std::optional<std::string> match_feeds(const Filter& filter) {
    const std::vector<std::int64_t> feeds = feeds_of(filter);
    if (feeds.size() > most_feed_marks) return std::nullopt;
    std::vector<std::string> any;
    for (const std::int64_t feed : feeds) any.push_back(quoted_mark("feed", std::to_string(feed)));
    return any.empty() ? nothing() : any_of(any);
  }

  std::vector<std::int64_t> feeds_of(const Filter& filter) {
    std::vector<std::int64_t> feeds;
    Query rows(database_, "SELECT number, id, kind, role FROM feeds");
    while (rows.step()) {
      const std::string_view id = rows.view(1);
      const std::string_view kind = rows.view(2);
      const std::string_view role = rows.view(3);
      const auto meets = [&](const std::string& value) {
        if (filter.kind == Kind::kind) return kind == value;
        if (filter.kind == Kind::role) return role == value;
        return id == value || (id.starts_with(value) && id.size() > value.size() && id[value.size()] == '-');
      };
      if (std::any_of(filter.values.begin(), filter.values.end(), meets)) feeds.push_back(rows.integer(0));
    }
    return feeds;
  }

  std::string condition(const Filter& filter) {
    switch (filter.kind) {
      case Kind::both: return joined_conditions(filter, " AND ");
      case Kind::either: return joined_conditions(filter, " OR ");
      case Kind::negation: return fmt::format("NOT {}", condition(filter.parts.front()));
      case Kind::since: return value(base::to_unix(since(filter)), "({} >= ?)");
      case Kind::until: return value(base::to_unix(until(filter)), "({} < ?)");
      case Kind::deadline_within: return deadline_condition(filter);
      case Kind::exact: return exact_condition(filter);
      case Kind::publisher: return publisher_condition(filter);
      case Kind::source:
      case Kind::kind:
      case Kind::role:
        if (match_feeds(filter)) break;
        return feed_condition(feeds_of(filter));
      default: break;
    }
    const auto expression = match(filter);
    return expression->empty() ? "1" : among(*expression);
  }

  std::string among(const std::string& expression) {
    sql_.values.emplace_back(expression);
    return "(e.id IN (SELECT rowid FROM entry_index WHERE entry_index MATCH ?))";
  }

  // In this order: the values stand in that of the text.
  std::string exact_condition(const Filter& filter) {
    const std::string looked_through = among(words_.match(filter));
    return fmt::format("({} AND {})", looked_through, says_form(filter));
  }

  std::string says_form(const Filter& filter) {
    sql_.values.emplace_back(filter.values.front());
    return "says_form(e.title, (SELECT packed FROM bodies WHERE entry = e.id), ?)";
  }

  std::string joined_conditions(const Filter& filter, std::string_view between) {
    std::vector<std::string> parts;
    for (const Filter& part : filter.parts) parts.push_back(condition(part));
    return fmt::format("({})", fmt::join(parts, between));
  }

  std::string value(std::int64_t number, std::string_view condition) {
    sql_.values.emplace_back(number);
    return fmt::format(fmt::runtime(condition), shown_sql);
  }

  std::string deadline_condition(const Filter& filter) {
    const auto today = local_day(now_);
    const int days = days_of_age(filter.values.front()).value_or(0);
    sql_.values.emplace_back(base::to_iso_date(today));
    sql_.values.emplace_back(base::to_iso_date(days_after(today, days)));
    return "(e.id IN (SELECT entry FROM deadlines WHERE closes BETWEEN ? AND ? AND NOT withdrawn))";
  }

  static std::string feed_condition(const std::vector<std::int64_t>& feeds) {
    return fmt::format("(e.feed IN ({}))", fmt::join(feeds, ","));
  }

  // Part of the publisher's name, in any case.
  std::string publisher_condition(const Filter& filter) {
    std::vector<std::string> any;
    for (const std::string& name : filter.values) {
      const std::string lower = text::lower(name);
      std::vector<std::int64_t> feeds;
      Query rows(database_, "SELECT number, publisher FROM feeds");
      while (rows.step()) {
        if (text::lower(rows.view(1)).find(lower) != std::string::npos) feeds.push_back(rows.integer(0));
      }
      sql_.values.emplace_back(lower);
      any.push_back(fmt::format("CASE e.publisher WHEN '' THEN e.feed IN ({}) ELSE instr(fold(e.publisher), ?) END",
                                fmt::join(feeds, ",")));
    }
    return fmt::format("({})", fmt::join(any, " OR "));
  }

  base::Time since(const Filter& filter) const { return day_named(filter.values.front()); }
  // A named day belongs to it; an age ends it there.
  base::Time until(const Filter& filter) const {
    const auto day = base::parse_iso_date(filter.values.front());
    return day ? start_of(days_after(*day, 1)) : day_named(filter.values.front());
  }
  base::Time day_named(const std::string& text) const {
    if (const auto day = base::parse_iso_date(text)) return start_of(*day);
    return now_ - std::chrono::days(days_of_age(text).value_or(0));
  }

  // Conditions of time that hold for the whole filter bound the ids that are looked at.
  void bound_by(const Filter& part) {
    if (part.kind == Kind::since) {
      sql_.lowest = std::max(sql_.lowest, first_of_day(day_of(since(part))) - 1);
    } else if (part.kind == Kind::until) {
      sql_.highest = std::min(sql_.highest, last_of_day(day_of(until(part))));
    }
  }

  void collect_words(const Filter& filter) {
    if (filter.kind == Kind::negation) return;
    if (filter.kind == Kind::word || filter.kind == Kind::prefix || filter.kind == Kind::exact ||
        filter.kind == Kind::phrase || filter.kind == Kind::near) {
      shown_words_.push_back(words_.match(filter));
    }
    for (const Filter& part : filter.parts) collect_words(part);
  }

  Database& database_;
  WordMatcher words_;
  base::Time now_;
  FilterSql sql_;
  std::vector<std::string> shown_words_;
};

}  // namespace

std::string FilterSql::from_where() const {
  std::string sql = match.empty() ? "FROM entries e WHERE e.id BETWEEN ? AND ?"
                                  : "FROM entry_index CROSS JOIN entries e ON e.id = entry_index.rowid "
                                    "WHERE entry_index MATCH ? AND entry_index.rowid BETWEEN ? AND ?";
  if (!condition.empty()) sql += " AND " + condition;
  return sql;
}

void FilterSql::bind(Query& query, EntryId from, EntryId to) const {
  if (!match.empty()) query.bind(match);
  query.bind(std::max(from, lowest)).bind(std::min(to, highest));
  for (const Value& value : values) std::visit([&query](const auto& each) { query.bind(each); }, value);
}

FilterSql compile_filter(const Filter& filter, Database& database, const config::Taxonomy& taxonomy, base::Time now) {
  return Compiler(database, taxonomy, now, one_language(filter)).compile(filter);
}

}  // namespace sotevahti::archive
