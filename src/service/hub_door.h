// Between the web, where hubs knock, and the polling in force, which knows them. Polling
// comes and goes with the configuration; the door stays. Any thread.
#pragma once
#include <memory>
#include <mutex>

#include "poll/hub_desk.h"
#include "web/hub_visit.h"

namespace sotevahti::service {

class HubDoor {
 public:
  // From now on `desk` answers; none: there are no subscriptions here.
  void open(std::shared_ptr<poll::HubDesk> desk);
  // Until it is opened again hubs are told to come back.
  void close();

  web::HubReply answer(const web::HubVisit& visit);

 private:
  std::mutex mutex_;
  std::shared_ptr<poll::HubDesk> desk_;
  bool closed_ = true;
};

}  // namespace sotevahti::service
