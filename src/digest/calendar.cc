#include "digest/calendar.h"

#include <fmt/format.h>

#include "digest/item_wording.h"
#include "text/utf8.h"

namespace sotevahti::digest {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

// RFC 5545 section 3.1: a line is at most 75 octets; characters are not split.
void add_line(std::string& out, std::string_view line) {
  std::size_t room = 75;
  while (line.size() > room) {
    const std::string_view head = text::utf8_prefix(line, room);
    out.append(head).append("\r\n ");
    line.remove_prefix(head.size());
    room = 74;
  }
  out.append(line).append("\r\n");
}

// RFC 5545 section 3.3.11.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

std::string date(year_month_day day) {
  return fmt::format("{:04}{:02}{:02}", int(day.year()), unsigned(day.month()), unsigned(day.day()));
}

std::string stamp(base::Time time) {
  const auto local = base::Zone::utc().to_local(time);
  return fmt::format("{}T{:02}{:02}{:02}Z", date(local.day), local.hour, local.minute, local.second);
}

class CalendarMaker {
 public:
  CalendarMaker(const Outline& outline, const Messages& messages, const std::string& host)
      : outline_(outline), messages_(messages), host_(host) {}

  std::optional<std::string> make() {
    for (const char* line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sotevahti//digest//FI", "METHOD:PUBLISH"})
      add_line(out_, line);
    for (const SectionOutline& section : outline_.sections)
      for (const Block& block : section.blocks)
        for (const Story& story : block.stories)
          for (const Deadline& deadline : story.deadlines)
            if (deadline.withdrawn || days_left(deadline, outline_.material) >= 0) add_event(story, deadline);
    add_line(out_, "END:VCALENDAR");
    return events_ == 0 ? std::nullopt : std::optional(std::move(out_));
  }

 private:
  void add_event(const Story& story, const Deadline& deadline) {
    ++events_;
    const std::string kind(deadline_key(deadline.kind));
    const std::string url = safe_url(story.url, story.page);
    add_line(out_, "BEGIN:VEVENT");
    add_line(out_, fmt::format("UID:deadline-{}@{}", deadline.id, host_));
    add_line(out_, "DTSTAMP:" + stamp(outline_.material.at));
    // Rises with time, so that a later telling of the same deadline wins.
    add_line(out_, fmt::format("SEQUENCE:{}", base::to_unix(outline_.material.at) / 60));
    add_when(deadline);
    add_line(out_, "SUMMARY:" + escaped(fmt::format("{}: {}", sentence_case(messages_.say("deadline." + kind)),
                                                    one_line_of(story.title.view(), 200))));
    if (!url.empty()) add_line(out_, "URL:" + url);
    add_line(out_, "DESCRIPTION:" + escaped(name_line(story.publisher)) + (url.empty() ? "" : "\\n" + escaped(url)));
    add_line(out_, deadline.withdrawn ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
    add_line(out_, "TRANSP:TRANSPARENT");
    add_line(out_, "END:VEVENT");
  }

  void add_when(const Deadline& deadline) {
    if (!deadline.time_of_day) {
      add_line(out_, "DTSTART;VALUE=DATE:" + date(deadline.closes));
      add_line(out_, "DTEND;VALUE=DATE:" + date(year_month_day(sys_days(deadline.closes) + days(1))));
      return;
    }
    const auto minutes = static_cast<int>(deadline.time_of_day->count());
    const base::Time closes = base::Zone::helsinki().to_utc({deadline.closes, minutes / 60, minutes % 60, 0});
    add_line(out_, "DTSTART:" + stamp(closes));
    add_line(out_, "DTEND:" + stamp(closes));
  }

  const Outline& outline_;
  const Messages& messages_;
  const std::string& host_;
  std::string out_;
  std::size_t events_ = 0;
};

}  // namespace

std::optional<std::string> deadlines_calendar(const Outline& outline, const Messages& messages,
                                              const std::string& host) {
  return CalendarMaker(outline, messages, host).make();
}

}  // namespace sotevahti::digest
