#include "net/http_client.h"

#include <algorithm>
#include <array>
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdint>
#include <deque>
#include <unordered_map>

#include "net/curl_loop.h"
#include "net/transfer.h"

namespace sotevahti::net {
namespace asio = boost::asio;

namespace {

constexpr std::size_t kept_transfers = 128;
// However few requests may be under way: the next to a host is some answers of others away.
constexpr std::size_t least_kept_connections = 256;

using Result = NetResult<HttpReply>;
using Handler = asio::any_completion_handler<void(Result)>;

}  // namespace

std::string_view HttpReply::header(std::string_view lower_case_name) const {
  const auto found =
      std::find_if(headers.begin(), headers.end(), [&](const auto& header) { return header.first == lower_case_name; });
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

bool HttpReply::is_redirect() const {
  constexpr std::array statuses = {301, 302, 303, 307, 308};
  return std::find(statuses.begin(), statuses.end(), status) != statuses.end() && !header("location").empty();
}

// Shared only so that a cancellation that was posted can see that it is gone.
class HttpClient::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(asio::io_context& io, Options options) : io_(io), options_(std::move(options)), policy_(options_.policy) {
    loop_ = std::make_shared<CurlLoop>(io, std::max(options_.max_connections, least_kept_connections),
                                       [this](CURL* easy, CURLcode code) { hop_ended(easy, code); });
  }

  void start(HttpRequest request, Handler handler) {
    const std::uint64_t id = ++last_id_;
    let_cancel(id, handler);
    fetches_.emplace(id, std::make_unique<Fetch>(std::move(request), std::move(handler)));
    waiting_.push_back(id);
    start_waiting();
  }

  void cancel_all() {
    std::vector<std::uint64_t> ids;
    for (const auto& [id, fetch] : fetches_) ids.push_back(id);
    for (const auto id : ids) cancel(id);
  }

  std::size_t active() const { return fetches_.size(); }
  void set_policy(AddressPolicy policy) { policy_ = std::move(policy); }

 private:
  struct Fetch {
    Fetch(HttpRequest r, Handler h) : request(std::move(r)), handler(std::move(h)) {}
    HttpRequest request;
    Handler handler;
    std::unique_ptr<Transfer> transfer;  // none while it waits
  };

  void let_cancel(std::uint64_t id, Handler& handler) {
    auto slot = asio::get_associated_cancellation_slot(handler);
    if (!slot.is_connected()) return;
    slot.assign([weak = weak_from_this(), &io = io_, id](asio::cancellation_type) {
      asio::post(io, [weak, id] {
        if (const auto self = weak.lock()) self->cancel(id);
      });
    });
  }

  // The limit is ours: what waits inside curl burns its time there.
  void start_waiting() {
    while (!waiting_.empty() && running_ < std::max<std::size_t>(options_.max_connections, 1)) {
      const std::uint64_t id = waiting_.front();
      waiting_.pop_front();
      if (const auto found = fetches_.find(id); found != fetches_.end()) run(id, *found->second);
    }
  }

  void run(std::uint64_t id, Fetch& fetch) {
    fetch.transfer = take_transfer();
    fetch.transfer->id = id;
    ++running_;
    if (auto begun = fetch.transfer->begin(std::move(fetch.request)); !begun) {
      finish(id, tl::unexpected(begun.error()));
    } else {
      loop_->add(fetch.transfer->easy());
    }
  }

  void hop_ended(CURL* easy, CURLcode code) {
    Transfer* transfer = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
    const auto followed = transfer->follow(code);
    if (followed && *followed) {
      loop_->add(easy);
      return;
    }
    finish(transfer->id, followed ? transfer->take_reply(code) : Result(tl::unexpected(followed.error())));
    start_waiting();
  }

  void cancel(std::uint64_t id) {
    const auto found = fetches_.find(id);
    if (found == fetches_.end()) return;
    if (found->second->transfer) loop_->remove(found->second->transfer->easy());
    finish(id, tl::unexpected(NetFailure{NetError::cancelled, "cancelled"}));
    start_waiting();
  }

  // Never resumes the caller in here: it may well call this client again, or end it.
  void finish(std::uint64_t id, Result result) {
    const auto found = fetches_.find(id);
    Handler handler(std::move(found->second->handler));
    if (found->second->transfer) {
      --running_;
      found->second->transfer->clear();
      if (idle_.size() < kept_transfers) idle_.push_back(std::move(found->second->transfer));
    }
    fetches_.erase(found);
    if (auto slot = asio::get_associated_cancellation_slot(handler); slot.is_connected()) slot.clear();
    asio::post(io_, [handler = std::move(handler), result = std::move(result)]() mutable {
      std::move(handler)(std::move(result));
    });
  }

  std::unique_ptr<Transfer> take_transfer() {
    if (idle_.empty()) return std::make_unique<Transfer>(options_, policy_);
    auto transfer = std::move(idle_.back());
    idle_.pop_back();
    return transfer;
  }

  asio::io_context& io_;
  const Options options_;
  AddressPolicy policy_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Fetch>> fetches_;
  std::deque<std::uint64_t> waiting_;
  std::vector<std::unique_ptr<Transfer>> idle_;
  std::size_t running_ = 0;
  std::uint64_t last_id_ = 0;
  std::shared_ptr<CurlLoop> loop_;  // goes first: it calls hop_ended
};

HttpClient::HttpClient(asio::io_context& io, Options options) : impl_(std::make_shared<Impl>(io, std::move(options))) {}

HttpClient::~HttpClient() { impl_->cancel_all(); }

asio::awaitable<Result> HttpClient::fetch(HttpRequest request) {
  const auto initiation = [impl = impl_.get()](auto handler, HttpRequest asked) {
    impl->start(std::move(asked), Handler(std::move(handler)));
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Result)>(initiation, asio::use_awaitable,
                                                                                       std::move(request));
}

std::size_t HttpClient::active() const { return impl_->active(); }
void HttpClient::cancel_all() { impl_->cancel_all(); }
void HttpClient::set_policy(AddressPolicy policy) { impl_->set_policy(std::move(policy)); }

}  // namespace sotevahti::net
