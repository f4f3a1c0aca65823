// What a reader chooses on a form: areas, topics, kinds, words, how often, in which
// language; made into a subscription, and from one. What cannot be is said by the field in
// which it stands. Pure but for the words of the visit's language.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "archive/people.h"
#include "web/form.h"
#include "web/visit.h"

namespace sotevahti::web {

struct Choices {
  std::vector<std::string> areas, topics, kinds;  // ids
  std::string words;                              // what else the filter says
  std::string rhythm = "daily";                   // immediate, daily, weekdays, weekly, monthly
  std::string at = "07:00";
  std::string day = "mon";
  std::string day_of_month = "1";
  std::string quiet_from = "21:00", quiet_until = "07:00";
  bool skip_holidays = false;
  std::string language;
  std::string name;  // empty: made of what is chosen

  static Choices of(const Form& form, const Visit& visit);
  static Choices of(const archive::Subscription& subscription);
  // Of a view's filter, for one who asks for it by mail.
  static Choices of_filter(std::string_view filter, const Visit& visit);

  bool is_everything() const { return areas.empty() && topics.empty() && kinds.empty() && words.empty(); }
};

struct Fault {
  std::string text;    // in the reader's language
  std::string detail;  // in English, by those who know; may be empty
};
using Faults = std::map<std::string, Fault, std::less<>>;  // by the field's name

// Filter, rhythm, language and name as chosen; what is at fault is left as it was in `base`.
struct Chosen {
  archive::Subscription subscription;
  Faults faults;
};
Chosen choose(const Visit& visit, const Choices& choices, archive::Subscription base = {});

}  // namespace sotevahti::web
