// "/deadlines.ics": the deadlines of a filter as a calendar to subscribe to. A deadline
// keeps its UID; its SEQUENCE rises when it moves, and a withdrawn one is cancelled.
#include <fmt/format.h>

#include "digest/icalendar.h"
#include "digest/item_wording.h"
#include "text/one_line.h"
#include "web/outputs.h"
#include "web/question.h"

namespace sotevahti::web {
namespace {

using digest::add_calendar_line;
using digest::calendar_text;
using digest::calendar_time;
using std::chrono::days;
using std::chrono::sys_days;

constexpr std::size_t most_deadlines = 500;
constexpr days kept_after{30};  // that passed are shown so long

// The words that told of it; a platform's own field has none.
std::string description_of(const archive::DeadlineRow& row, const std::string& page) {
  const bool has_words = row.deadline.deadline.evidence.field != tag::Field::feed;
  return author_of(row.entry) + "\n" + (has_words ? row.deadline.deadline.quote + "\n" : "") +
         digest::safe_url(row.entry.url, page);
}

void add_event(std::string& out, const Visit& visit, const archive::DeadlineRow& row) {
  const auto& deadline = row.deadline.deadline;
  const base::Time changed = std::max(row.entry.arrived, row.deadline.changed_at.value_or(row.entry.arrived));
  const std::string kind = visit.wording.messages().say("deadline." + std::string(tag::to_string(deadline.kind)));
  const std::string page = public_url(visit) + visit.entry_address(row.entry.id);
  add_calendar_line(out, "BEGIN:VEVENT");
  add_calendar_line(out, fmt::format("UID:deadline-{}@{}", row.deadline.id, authority(visit)));
  add_calendar_line(out, "DTSTAMP:" + calendar_time(changed));
  add_calendar_line(out, fmt::format("SEQUENCE:{}", digest::calendar_sequence(changed)));
  digest::add_calendar_close(out, deadline.closes, deadline.time_of_day);
  add_calendar_line(out, "SUMMARY:" + calendar_text(digest::sentence_case(kind) + ": " +
                                                    text::one_line_of(row.entry.title.view(), 200)));
  add_calendar_line(out, "DESCRIPTION:" + calendar_text(description_of(row, page)));
  add_calendar_line(out, "URL:" + page);
  add_calendar_line(out, row.deadline.withdrawn ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
  add_calendar_line(out, "TRANSP:TRANSPARENT");
  add_calendar_line(out, "END:VEVENT");
}

}  // namespace

Response deadlines_calendar(const Visit& visit) {
  const auto question = read_question(visit, most_deadlines, most_deadlines);
  if (!question) return question.error();
  std::string out;
  for (const char* line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sotevahti//deadlines//FI", "METHOD:PUBLISH",
                           "CALSCALE:GREGORIAN", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"})
    add_calendar_line(out, line);
  add_calendar_line(out, "X-WR-CALNAME:" + calendar_text(text::one_line_of(feed_title(question->asked), 200)));
  for (const auto& row :
       visit.search().deadlines(question->filter, sys_days(visit.today()) - kept_after, question->page.limit))
    add_event(out, visit, row);
  add_calendar_line(out, "END:VCALENDAR");
  Response response;
  response.content_type = "text/calendar; charset=utf-8";
  response.headers.emplace_back("Vary", "Accept-Language, Cookie");
  response.body = std::move(out);
  return response;
}

}  // namespace sotevahti::web
