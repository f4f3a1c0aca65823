// What pages of one reader share: the address of those behind mailed links is the key to them, so
// no cache keeps them, no search engine lists them, and no other site hears of them.
#pragma once
#include "archive/people.h"
#include "web/visit.h"

namespace sotevahti::web {

Response personal(Response response);

// The archive for writing: opened for one answer, for people change things seldom.
std::unique_ptr<archive::Database> open_for_writing(const Visit& visit);

}  // namespace sotevahti::web
