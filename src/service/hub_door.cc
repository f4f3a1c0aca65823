#include "service/hub_door.h"

#include <utility>

namespace sotevahti::service {

void HubDoor::open(std::shared_ptr<poll::HubDesk> desk) {
  const std::lock_guard lock(mutex_);
  desk_ = std::move(desk);
  closed_ = false;
}

void HubDoor::close() {
  const std::lock_guard lock(mutex_);
  desk_.reset();
  closed_ = true;
}

web::HubReply HubDoor::answer(const web::HubVisit& visit) {
  std::shared_ptr<poll::HubDesk> desk;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return {503, ""};
    desk = desk_;
  }
  if (!desk) return {404, ""};
  poll::HubCall call;
  call.token = visit.token;
  call.is_post = visit.is_post;
  call.query = visit.query;
  call.content_type = visit.content_type;
  call.signature = visit.signature;
  call.body = visit.body;
  poll::HubAnswer answer = desk->answer(call);
  return {answer.status, std::move(answer.body)};
}

}  // namespace sotevahti::service
