// The pages behind the link "/manage/TOKEN", one reader's own. Each answers one request below it.
#pragma once
#include <string>

#include "archive/people.h"
#include "web/http.h"
#include "web/visit.h"

namespace sotevahti::web {

struct ManageVisit {
  const Visit& visit;
  std::string link;  // "/manage/TOKEN"
  archive::Subscriber reader;
};

inline constexpr std::size_t most_subscriptions_of_one = 20;

// Those that have not ended.
std::vector<archive::Subscription> running_of(archive::People& people, archive::SubscriberId reader);

// "/new" and "/ID": what one is to bring, and when; shown, previewed or saved.
Response manage_form(const ManageVisit& managed, archive::Subscription subscription);
// "/data.json": all that is kept of the reader, to keep.
Response own_data(const ManageVisit& managed);
// "/erase": asked twice, then nothing is kept of the reader any more.
Response erase_page(const ManageVisit& managed);

Response back_to(const std::string& link);

}  // namespace sotevahti::web
