#include "digest/calendar.h"

#include <fmt/format.h>

#include "digest/icalendar.h"
#include "digest/item_wording.h"
#include "text/one_line.h"

namespace sotevahti::digest {
namespace {

class CalendarMaker {
 public:
  CalendarMaker(const Outline& outline, const Messages& messages, const std::string& host)
      : outline_(outline), messages_(messages), host_(host) {}

  std::optional<std::string> make() {
    for (const char* line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sotevahti//digest//FI", "METHOD:PUBLISH"})
      add_calendar_line(out_, line);
    for (const SectionOutline& section : outline_.sections)
      for (const Block& block : section.blocks)
        for (const Story& story : block.stories)
          for (const Deadline& deadline : story.deadlines)
            if (deadline.withdrawn || days_left(deadline, outline_.material) >= 0) add_event(story, deadline);
    add_calendar_line(out_, "END:VCALENDAR");
    return events_ == 0 ? std::nullopt : std::optional(std::move(out_));
  }

 private:
  void add_event(const Story& story, const Deadline& deadline) {
    ++events_;
    const std::string kind(to_string(deadline.kind));
    const std::string url = safe_url(story.url, story.page);
    add_calendar_line(out_, "BEGIN:VEVENT");
    add_calendar_line(out_, fmt::format("UID:deadline-{}@{}", deadline.id, host_));
    add_calendar_line(out_, "DTSTAMP:" + calendar_time(outline_.material.at));
    // Rises with time, so that a later telling of the same deadline wins.
    add_calendar_line(out_, fmt::format("SEQUENCE:{}", calendar_sequence(outline_.material.at)));
    add_calendar_close(out_, deadline.closes, deadline.time_of_day);
    add_calendar_line(out_,
                      "SUMMARY:" + calendar_text(fmt::format("{}: {}", sentence_case(messages_.say("deadline." + kind)),
                                                             text::one_line_of(story.title.view(), 200))));
    if (!url.empty()) add_calendar_line(out_, "URL:" + url);
    add_calendar_line(out_, "DESCRIPTION:" + calendar_text(name_line(story.publisher)) +
                                (url.empty() ? "" : "\\n" + calendar_text(url)));
    add_calendar_line(out_, deadline.withdrawn ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
    add_calendar_line(out_, "TRANSP:TRANSPARENT");
    add_calendar_line(out_, "END:VEVENT");
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
