// A site with a reader of two subscriptions, and what a mail's links do there.
#pragma once
#include <optional>
#include <string>

#include "archive/people.h"
#include "site_fixture.h"

namespace sotevahti::web::test {

class ReaderTest : public SiteTest {
 protected:
  ReaderTest() : people_(*database_) {
    archive::Subscriber anna;
    anna.address = "anna@yhdistys.example";
    anna.since = clock_.now();
    anna_ = people_.add_subscriber(anna).value();
    first_ = subscribe("Pirkanmaan <avustukset>");
    second_ = subscribe("Lapin uutiset");
  }

  archive::SubscriptionId subscribe(const std::string& name) {
    archive::Subscription subscription;
    subscription.subscriber = anna_;
    subscription.name = name;
    subscription.since = subscription.window_start = clock_.now();
    return people_.add_subscription(subscription, {}).value();
  }

  std::string link(std::optional<archive::SubscriptionId> subscription) {
    return "/unsubscribe/" +
           people_.make_token(anna_, subscription, archive::People::TokenUse::unsubscribe, clock_.now());
  }
  std::string manage_link() {
    return "/manage/" + people_.make_token(anna_, std::nullopt, archive::People::TokenUse::manage, clock_.now());
  }

  RawResponse post(const std::string& path, std::string_view type = "application/x-www-form-urlencoded",
                   std::string_view body = "List-Unsubscribe=One-Click") {
    return ask("POST " + path + " HTTP/1.1\r\nHost: sote.example.org\r\nContent-Type: " + std::string(type) +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
               std::string(body));
  }

  bool is_running(archive::SubscriptionId id) { return people_.subscription(id)->ended.empty(); }

  archive::People people_;
  archive::SubscriberId anna_ = 0;
  archive::SubscriptionId first_ = 0, second_ = 0;
};

}  // namespace sotevahti::web::test
