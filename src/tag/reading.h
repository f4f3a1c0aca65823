// An entry as it was read once: its language, its words with their meanings, and the
// dates of its texts. Tags, deadlines, the story's signature and the index's words are
// all made from it. The views of its subject must live; one thread.
#pragma once
#include <string>
#include <utility>

#include "tag/date_mentions.h"
#include "tag/entry_text.h"
#include "tag/subject.h"

namespace sotevahti::tag {

struct Reading {
  Reading(const Subject& of, std::string in, FormTable& forms)
      : subject(of),
        language(std::move(in)),
        text(subject, forms.rules().lang(), forms),
        title_dates(subject.title, subject.published),
        text_dates(subject.text, subject.published) {}

  Subject subject;
  std::string language;  // as detected: fi, sv, en or another code
  EntryText text;        // read by the rules of fi, sv or en: text.lang()
  DatedText title_dates, text_dates;
};

}  // namespace sotevahti::tag
