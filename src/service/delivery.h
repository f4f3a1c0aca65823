// Digests built, sign-ups answered and both sent for as long as a configuration is in force, on a
// thread of its own: what blocks here (the database, a relay) delays no poll and no page. It looks
// for what is due when that is due, when a message is to be tried again, when news came and when it is told to,
// and once a minute: the clock may have been set, and other processes write to the archive.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <thread>

#include "archive/database.h"
#include "archive/sending.h"
#include "base/clock.h"
#include "base/measures.h"
#include "base/result.h"
#include "deliver/dispatcher.h"
#include "deliver/letters.h"
#include "deliver/outbox.h"
#include "net/http_client.h"
#include "service/configuration.h"

namespace sotevahti::service {

// The parts, for one thread.
struct DeliveryParts {
  std::shared_ptr<const Configuration> configuration;
  std::unique_ptr<archive::Database> database;
  std::optional<archive::Sending> sending;
  std::unique_ptr<digest::Texts> texts;
  std::unique_ptr<net::HttpClient> webhooks;
  std::unique_ptr<deliver::Dispatcher> dispatcher;
  std::unique_ptr<deliver::Outbox> outbox;

  // Letters to those who signed up on the web, into the outbox.
  deliver::LetterReport answer_sign_ups(base::Time now);

  static base::Result<DeliveryParts> make(boost::asio::io_context& io,
                                          std::shared_ptr<const Configuration> configuration, const base::Clock& clock);
};

class Delivery {
 public:
  static base::Result<std::unique_ptr<Delivery>> start(std::shared_ptr<const Configuration> configuration,
                                                       const base::Clock& clock,
                                                       std::shared_ptr<base::Measures> measures);
  ~Delivery();  // ends with what is under way
  // Somebody has signed up: looks again, at once or when what is under way has ended. Any thread.
  void look();
  // News were stored, for those who are told at once: looks soon, so that what comes together goes out together.
  // Any thread.
  void note_news();
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

 private:
  Delivery(const base::Clock& clock, std::shared_ptr<base::Measures> measures)
      : clock_(clock), measures_(std::move(measures)), io_(1), wake_(io_) {}
  void count(const deliver::SendReport& sent);
  boost::asio::awaitable<void> run();
  base::Seconds pause_after(base::Time looked);
  boost::asio::awaitable<void> sleep(base::Seconds most);
  void tell_admin(const deliver::BuildReport& built);

  const base::Clock& clock_;
  std::shared_ptr<base::Measures> measures_;
  boost::asio::io_context io_;
  boost::asio::steady_timer wake_;
  std::optional<DeliveryParts> parts_;
  bool stopping_ = false;
  bool is_called_ = false;  // to look again
  bool has_news_ = false;   // to look again soon
  base::Time last_news_{};
  std::thread thread_;
};

// Builds what is due now and sends it, once: the command `digest send`.
struct DeliveryReport {
  deliver::BuildReport built;
  deliver::LetterReport letters;
  deliver::SendReport sent;
};
enum class DeliveryStep { build, build_and_send };
base::Result<DeliveryReport> deliver_once(std::shared_ptr<const Configuration> configuration, const base::Clock& clock,
                                          DeliveryStep step);

}  // namespace sotevahti::service
