#include "web/server.h"

#include <mutex>

#include "web/http_server.h"
#include "web/site.h"

namespace sotevahti::web {

class Server::Impl {
 public:
  explicit Impl(std::shared_ptr<const SiteData> data) : data_(std::move(data)) {}

  base::Result<base::Done> listen(const base::Clock& clock, const Options& options) {
    HttpServer::Options http;
    http.listen = options.listen;
    http.listening = options.listening;
    http.max_connections = options.max_connections;
    http.workers = options.workers;
    http.answered = [measures = options.measures](std::chrono::duration<double> took) {
      measures->pages.observe(took);
    };
    measures_ = options.measures;
    http.kept = [this, &clock](const Request& request) {
      HttpServer::Kept kept = answer_at_once(request, shared_, clock.now());
      if (kept.answer) ++measures_->pages_from_cache;
      return kept;
    };
    if (options.callbacks.hub) http.upload_path = "/websub/";
    auto server = HttpServer::start(http, [this, &clock, callbacks = options.callbacks] {
      auto site = std::make_shared<Site>([this] { return data(); }, clock, shared_, *measures_, callbacks);
      return [site](const Request& request) { return site->answer(request); };
    });
    if (!server) return tl::unexpected(server.error());
    server_ = std::move(*server);
    return base::Done{};
  }

  std::shared_ptr<const SiteData> data() const {
    const std::lock_guard lock(mutex_);
    return data_;
  }
  void reload(std::shared_ptr<const SiteData> data) {
    const std::lock_guard lock(mutex_);
    data_ = std::move(data);
  }
  HttpServer& server() { return *server_; }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const SiteData> data_;
  Shared shared_;
  std::shared_ptr<base::Measures> measures_;
  std::unique_ptr<HttpServer> server_;  // its workers end before what they read
};

base::Result<std::unique_ptr<Server>> Server::start(std::shared_ptr<const SiteData> data, const base::Clock& clock,
                                                    Options options) {  // NOLINT(performance-unnecessary-value-param)
  auto impl = std::make_unique<Impl>(std::move(data));
  if (auto listening = impl->listen(clock, options); !listening) return tl::unexpected(listening.error());
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;
std::string Server::address() const { return impl_->server().address(); }
void Server::reload(std::shared_ptr<const SiteData> data) { impl_->reload(std::move(data)); }
void Server::stop(std::chrono::milliseconds patience) { impl_->server().stop(patience); }

}  // namespace sotevahti::web
