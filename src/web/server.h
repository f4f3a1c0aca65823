// The web: pages, API and output feeds over the archive, HTTP/1.1 by Beast on threads
// of its own, so that no page waits for a poll and no poll for a page. Reads only, but
// for what readers change behind mailed links, and for what hubs bring.
#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/measures.h"
#include "base/result.h"
#include "config/catalogue.h"
#include "config/settings.h"
#include "config/taxonomy.h"
#include "web/hub_visit.h"

namespace sotevahti::web {

// What the pages are made with; replaced as a whole at a reload.
struct SiteData {
  config::Settings settings;
  config::Taxonomy taxonomy;
  config::Catalogue catalogue;
};

// How the service itself is doing, for /healthz, /readyz and /metrics.
struct Vitals {
  bool ready = true;
  std::string trouble;  // empty: none
};

// What the pages ask the service, and tell it. Called on any of the workers; each may be empty.
struct Callbacks {
  std::function<Vitals()> vitals;
  HubHandler hub;                   // empty: no hub has business here
  std::function<void()> signed_up;  // somebody has, and waits for a letter: it is in the archive
};

class Server {
 public:
  struct Options {
    Options() {}
    std::string listen = "127.0.0.1:8470";  // port 0: any that is free
    int listening = -1;                     // a socket that systemd handed over, instead of `listen`
    std::size_t max_connections = 512;
    unsigned workers = 2;  // each with a reader of the archive
    Callbacks callbacks;
    std::shared_ptr<base::Measures> measures = std::make_shared<base::Measures>();
  };
  // Listens at once. Fails when the address cannot be had, or the archive not be opened.
  static base::Result<std::unique_ptr<Server>> start(std::shared_ptr<const SiteData> data, const base::Clock& clock,
                                                     Options options);
  ~Server();  // stops

  std::string address() const;  // "http://127.0.0.1:8470", as bound
  void reload(std::shared_ptr<const SiteData> data);
  // Accepts nothing more, lets what is under way end for at most `patience`.
  void stop(std::chrono::milliseconds patience);

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sotevahti::web
