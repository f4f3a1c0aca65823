#include "web/http_server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <future>
#include <thread>
#include <vector>

#include "base/descriptors.h"
#include "raw_client.h"

namespace sotevahti::web {
namespace {

using namespace std::chrono_literals;
using test::ask;
using test::port_of;
using test::RawClient;

std::unique_ptr<HttpServer> serve(HttpServer::Options options, HttpServer::Handler handler) {
  auto server = HttpServer::start(options, [handler] { return handler; });
  if (!server) throw std::runtime_error(server.error().message);
  return std::move(*server);
}

Response said(std::string body) {
  Response response;
  response.content_type = "text/plain";
  response.body = std::move(body);
  return response;
}

Response echo(const Request& request) {
  std::string body = request.method + " " + request.path;
  for (const auto& [name, value] : request.query) body += " " + name + "=" + value;
  return said(body + " " + request.body);
}

std::size_t open_descriptors() {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}));
}

class HttpServerTest : public testing::Test {
 protected:
  std::unique_ptr<HttpServer> server_ = serve({}, echo);
  std::uint16_t port_ = port_of(server_->address());
};

TEST_F(HttpServerTest, KnowsItsClient) {
  const auto server = serve({}, [](const Request& request) { return said(request.client); });
  const auto port = port_of(server->address());
  EXPECT_EQ(ask(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n").body, "127.0.0.1");
  EXPECT_EQ(ask(port, "GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n").body, "192.0.2.7");
}

TEST_F(HttpServerTest, DecodesPathAndQuery) {
  const auto response = ask(port_, "GET /a%20b?q=s%C3%A4%C3%A4+x&empty HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "GET /a b q=sää x empty= ");
}

TEST(HttpServer, WhatIsThereAlreadyWaitsForNoWorker) {
  std::promise<void> slow_begun, slow_may_end, made_anew;
  HttpServer::Options options;
  options.workers = 1;
  options.kept = [](const Request& request) {
    HttpServer::Kept kept;
    if (request.path == "/slow") return kept;
    kept.answer = said("kept " + request.path);
    kept.is_due = request.path == "/due";
    return kept;
  };
  const auto server = serve(options, [&](const Request& request) {
    if (request.path == "/slow") {
      slow_begun.set_value();
      slow_may_end.get_future().wait();
    }
    if (request.path == "/due") made_anew.set_value();
    return said("made " + request.path);
  });
  const auto port = port_of(server->address());
  auto slow = std::async([&] { return ask(port, "GET /slow HTTP/1.1\r\nHost: h\r\n\r\n").body; });
  slow_begun.get_future().wait();
  EXPECT_EQ(ask(port, "GET /quick HTTP/1.1\r\nHost: h\r\n\r\n").body, "kept /quick");
  EXPECT_EQ(ask(port, "GET /due HTTP/1.1\r\nHost: h\r\n\r\n").body, "kept /due");
  slow_may_end.set_value();
  EXPECT_EQ(slow.get(), "made /slow");
  EXPECT_EQ(made_anew.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

TEST(HttpServerLog, HoldsNoKeysOfMailedLinks) {
  const auto server = serve({}, [](const Request&) -> Response { throw std::runtime_error("the archive is away"); });
  const auto port = port_of(server->address());
  testing::internal::CaptureStderr();
  EXPECT_EQ(ask(port, "GET /manage/aNQG_iEG97-N_V7Zejmetg/erase HTTP/1.1\r\nHost: h\r\n\r\n").status, 500);
  EXPECT_EQ(ask(port, "GET /areas/lappi?q=x HTTP/1.1\r\nHost: h\r\n\r\n").status, 500);
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_EQ(log.find("aNQG_iEG97"), std::string::npos) << log;
  EXPECT_NE(log.find("GET /manage/…/erase: the archive is away"), std::string::npos) << log;
  EXPECT_NE(log.find("GET /areas/lappi: "), std::string::npos) << log;
}

TEST_F(HttpServerTest, RefusesWhatIsNoRequest) {
  for (const char* broken : {"\r\n\r\n\r\n",
                             "GET\r\n\r\n",
                             "GET / HTTP/9.9\r\n\r\n",
                             "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                             "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                             "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                             "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                             "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                             "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
                             "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                             "\x16\x03\x01\x02\x00\x01",
                             "\x01\x01\x01 / HTTP/1.1\r\n\r\n",
                             "GET  HTTP/1.1\r\nHost: h\r\n\r\n",
                             "GET /%ff HTTP/1.1\r\nHost: h\r\n\r\n",
                             "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",
                             "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n",
                             "GET /a% HTTP/1.1\r\nHost: h\r\n\r\n",
                             "GET path HTTP/1.1\r\nHost: h\r\n\r\n",
                             "GET * HTTP/1.1\r\nHost: h\r\n\r\n",
                             "GET http:///x HTTP/1.1\r\nHost: h\r\n\r\n"}) {
    RawClient client(port_);
    client.send(broken);
    client.finish_sending();
    EXPECT_EQ(client.receive().status, 400) << broken;
  }
  EXPECT_EQ(ask(port_, "GET / HTTP/1.1\r\nHost: h\r\n\r\n").status, 200);
}

TEST_F(HttpServerTest, TakesAWholeAddressAsProxiesSendIt) {
  EXPECT_EQ(ask(port_, "GET http://x.example/a?b=c HTTP/1.1\r\nHost: h\r\n\r\n").body, "GET /a b=c ");
  EXPECT_EQ(ask(port_, "GET http://x.example?b=c HTTP/1.1\r\nHost: h\r\n\r\n").body, "GET / b=c ");
}

TEST_F(HttpServerTest, BoundsHeaderAndBody) {
  EXPECT_EQ(ask(port_, "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(20000, 'x') + "\r\n\r\n").status, 431);
  EXPECT_EQ(ask(port_, "GET /" + std::string(20000, 'x') + " HTTP/1.1\r\n\r\n").status, 431);
  std::string many = "GET / HTTP/1.1\r\nHost: h\r\n";
  for (int i = 0; i < 3000; ++i) many += "X" + std::to_string(i) + ": 1\r\n";
  EXPECT_EQ(ask(port_, many + "\r\n").status, 431);
  const std::string body(100'000, 'b');
  EXPECT_EQ(ask(port_, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n" + body).status, 413);
  const std::string chunk = "ffff\r\n" + std::string(0xffff, 'c') + "\r\n";
  EXPECT_EQ(ask(port_, "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk).status, 413);
}

TEST(HttpServer, LargeBodiesAreTakenWhereTheyAreExpected) {
  HttpServer::Options options;
  options.upload_path = "/up/";
  options.max_upload_bytes = std::size_t{256} << 10;
  const auto server = serve(options, [](const Request& r) { return said(std::to_string(r.body.size())); });
  const auto post = [&](const std::string& path, std::size_t bytes, bool chunked) {
    const std::string body(bytes, 'x');
    std::string head = "POST " + path + " HTTP/1.1\r\nHost: h\r\n";
    if (!chunked)
      return ask(port_of(server->address()), head + "Content-Length: " + std::to_string(bytes) + "\r\n\r\n" + body);
    char length[20];
    std::snprintf(length, sizeof length, "%zx", bytes);
    return ask(port_of(server->address()),
               head + "Transfer-Encoding: chunked\r\n\r\n" + length + "\r\n" + body + "\r\n0\r\n\r\n");
  };
  for (const bool chunked : {false, true}) {
    EXPECT_EQ(post("/up/x", 200 << 10, chunked).body, std::to_string(200 << 10)) << chunked;
    EXPECT_EQ(post("/up/x", 300 << 10, chunked).status, 413) << chunked;
    EXPECT_EQ(post("/other", 60 << 10, chunked).status, 200) << chunked;
    EXPECT_EQ(post("/other", 100 << 10, chunked).status, 413) << chunked;
  }
}

TEST(HttpServer, AFewMaySendMuchAtATime) {
  HttpServer::Options options;
  options.upload_path = "/up/";
  options.most_uploads = 2;
  const auto server = serve(options, echo);
  const std::uint16_t port = port_of(server->address());
  std::vector<RawClient> sending;
  for (int i = 0; i < 2; ++i)
    sending.emplace_back(port).send("POST /up/ HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf");
  const char* whole = "POST /up/ HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nmore";
  int status = 0;
  for (int i = 0; i < 100 && (status = ask(port, whole).status) != 503; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(status, 503);
  EXPECT_EQ(ask(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n").status, 200);
  for (auto& one : sending) {
    one.send("other");
    EXPECT_EQ(one.receive().status, 200);
  }
  for (int i = 0; i < 100 && (status = ask(port, whole).status) != 200; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(status, 200);
}

TEST_F(HttpServerTest, KeepsTheConnectionAndAnswersInOrder) {
  RawClient client(port_);
  client.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.receive().body, "GET /1 ");
  EXPECT_EQ(client.receive().body, "GET /2 ");
  client.send("GET /3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.receive().body, "GET /3 ");
  EXPECT_TRUE(client.closes_within(5s));
}

TEST_F(HttpServerTest, HeadHasTheLengthAndNoBody) {
  RawClient client(port_);
  client.send("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto head = client.receive(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), "8");
  EXPECT_EQ(client.receive().body, "GET /2 ");
}

TEST(HttpServer, WhatAHandlerThrowsIsA500WithoutItsWords) {
  const auto server = serve({}, [](const Request&) -> Response { throw std::runtime_error("secret"); });
  const auto response = ask(port_of(server->address()), "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
}

TEST(HttpServer, NoHeaderValueBeginsALineOfItsOwn) {
  const auto server = serve({}, [](const Request&) {
    Response response = said("x");
    response.headers.emplace_back("Location", "/\r\nSet-Cookie: a=b");
    return response;
  });
  EXPECT_EQ(ask(port_of(server->address()), "GET / HTTP/1.1\r\nHost: h\r\n\r\n").headers.count("set-cookie"), 0U);
}

TEST(HttpServer, LetsSlowClientsGo) {
  HttpServer::Options options;
  options.slowness = options.idle = 1s;
  const auto server = serve(options, echo);
  RawClient silent(port_of(server->address()));
  RawClient halfway(port_of(server->address()));
  halfway.send("GET / HTTP/1.1\r\nHost: h\r\nX-");
  EXPECT_TRUE(silent.closes_within(10s));
  EXPECT_TRUE(halfway.closes_within(10s));
}

TEST(HttpServer, AThousandHalfOpenConnectionsKeepNobodyOut) {
  if (base::raise_descriptor_limit(2500) < 2500) GTEST_SKIP() << "too few files may be open here";
  HttpServer::Options options;
  options.max_connections = 100;
  options.slowness = options.idle = 60s;
  const auto server = serve(options, echo);
  const std::uint16_t port = port_of(server->address());
  const std::size_t before = open_descriptors();
  {
    std::vector<RawClient> half_open;
    for (int i = 0; i < 1000; ++i) {
      half_open.emplace_back(port);
      half_open.back().send("GET / HTTP/1.1\r\nHost: h\r\nX");
      if (i % 50 == 0) {
        const auto began = std::chrono::steady_clock::now();
        EXPECT_EQ(ask(port, "GET /ok HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").status, 200) << i;
        EXPECT_LT(std::chrono::steady_clock::now() - began, 2s) << i;
      }
    }
    EXPECT_LE(open_descriptors(), before + 1000 + options.max_connections + 1);
  }
  const auto until = std::chrono::steady_clock::now() + 10s;
  while (open_descriptors() > before && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(10ms);
  EXPECT_LE(open_descriptors(), before);
}

TEST(HttpServer, StopsWhileClientsWait) {
  std::atomic<bool> answering = false;
  auto server = serve({}, [&](const Request&) {
    answering = true;
    std::this_thread::sleep_for(50ms);
    return said("done");
  });
  RawClient silent(port_of(server->address()));
  RawClient busy(port_of(server->address()));
  busy.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  while (!answering) std::this_thread::yield();
  server->stop(5s);
  EXPECT_EQ(busy.receive().body, "done");
  server.reset();
  EXPECT_TRUE(silent.closes_within(1s));
}

TEST(HttpServer, NamesAnAddressThatCannotBeHad) {
  HttpServer::Options options;
  for (const char* listen : {"nowhere", "127.0.0.1:99999", "999.0.0.1:80", "127.0.0.1:", ":80"}) {
    options.listen = listen;
    const auto server = HttpServer::start(options, [] { return echo; });
    ASSERT_FALSE(server) << listen;
    EXPECT_NE(server.error().message.find(listen), std::string::npos);
  }
}

}  // namespace
}  // namespace sotevahti::web
