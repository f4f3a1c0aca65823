#include "web/answer_cache.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "site_fixture.h"
#include "web/gzip.h"
#include "web/site.h"

namespace sotevahti::web {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

constexpr base::Time noon = base::Time(std::chrono::sys_days(std::chrono::year(2026) / 2 / 20)) + 12h;
constexpr Edition one{1, 0};
constexpr Edition two{2, 0};

Response saying(std::string text) {
  Response response;
  response.body = std::move(text);
  return response;
}

std::string body_of(std::optional<Response> response) { return response ? response->body : "none"; }

TEST(AnswerCacheTest, GivesWhatWasMadeFromThisEdition) {
  AnswerCache cache(4000);
  cache.keep("/", one, noon, saying("first"));
  EXPECT_EQ(body_of(cache.find("/", one)), "first");
  EXPECT_EQ(body_of(cache.find("/areas", one)), "none");
  EXPECT_EQ(body_of(cache.find("/", two)), "none");
}

TEST(AnswerCacheTest, GivesInARushWhatIsYoung) {
  AnswerCache cache(4000);
  EXPECT_FALSE(cache.recent("/", noon));
  cache.keep("/", one, noon, saying("first"));
  const auto young = cache.recent("/", noon + AnswerCache::young);
  ASSERT_TRUE(young);
  EXPECT_EQ(young->response.body, "first");
  EXPECT_FALSE(young->is_due);
  EXPECT_FALSE(cache.recent("/", noon + AnswerCache::oldest + 1s));
  EXPECT_FALSE(cache.recent("/", noon - 1s)) << "a clock that was set back";
}

TEST(AnswerCacheTest, OneAskerMakesAnewWhatIsDueAndNobodyWaits) {
  AnswerCache cache(4000);
  cache.keep("/", one, noon, saying("first"));
  const base::Time later = noon + AnswerCache::young + 1s;
  EXPECT_TRUE(cache.recent("/", later)->is_due);
  EXPECT_FALSE(cache.recent("/", later)->is_due) << "it has been said";
  cache.keep("/", two, later, saying("second"));
  EXPECT_FALSE(cache.recent("/", later)->is_due);
  EXPECT_EQ(cache.recent("/", later)->response.body, "second");
  EXPECT_TRUE(cache.recent("/", later + AnswerCache::young + 1s)->is_due);
}

TEST(AnswerCacheTest, WhatNeedNotBeMadeAnewYetIsDueAgain) {
  AnswerCache cache(4000);
  cache.keep("/", one, noon, saying("first"));
  const base::Time later = noon + AnswerCache::young + 1s;
  EXPECT_TRUE(cache.recent("/", later)->is_due);
  EXPECT_EQ(body_of(cache.find("/", one)), "first") << "the worker found nothing changed";
  EXPECT_TRUE(cache.recent("/", later + 4s)->is_due);
}

TEST(AnswerCacheTest, ASlowAnswerReplacesNoLaterOne) {
  AnswerCache cache(4000);
  cache.keep("/", two, noon, saying("second"));
  cache.keep("/", one, noon + 3s, saying("first"));
  EXPECT_EQ(body_of(cache.find("/", two)), "second");
}

TEST(AnswerCacheTest, HoldsSoManyBytesAndForgetsTheLongestUnused) {
  AnswerCache cache(16 * 1000);
  for (int page = 0; page < 20; ++page) {
    cache.keep("/" + std::to_string(page), one, noon, saying(std::string(1000, 'x')));
    EXPECT_NE(body_of(cache.find("/0", one)), "none");
  }
  EXPECT_EQ(body_of(cache.find("/1", one)), "none");
  EXPECT_NE(body_of(cache.find("/19", one)), "none");
  cache.keep("/19", one, noon, saying(std::string(2001, 'x')));
  EXPECT_EQ(body_of(cache.find("/19", one)), "none") << "one answer is not all of it, nor stays an old one";
}

TEST(RushTest, IsWhenManyAskInASecond) {
  Rush rush;
  for (int i = 0; i < Rush::many; ++i) EXPECT_FALSE(rush.count(noon)) << i;
  EXPECT_TRUE(rush.count(noon));
  EXPECT_TRUE(rush.count(noon + 1s)) << "the second before had many";
  EXPECT_FALSE(rush.count(noon + 2s));
  EXPECT_FALSE(rush.count(noon - 1h)) << "a clock that was set back makes no rush";
}

class SharedAnswers : public test::SiteTest {
 protected:
  SharedAnswers() { store_a_week(); }
  std::string front_page(Site& site) {
    Request request;
    request.method = "GET";
    request.path = "/";
    request.headers["host"] = "localhost";
    return site.answer(request).body;
  }
  void news() {
    store("stm-tiedotteet", clock_.now(), {test::Sample("uusi", "Tuore uutinen", "<p>.</p>", clock_.now())});
  }

  std::shared_ptr<const SiteData> site_data_ = std::make_shared<const SiteData>(data_);
  Shared shared_;
  base::Measures measures_;
  Site site_{[this] { return site_data_; }, clock_, shared_, measures_};
  Site other_{[this] { return site_data_; }, clock_, shared_, measures_};  // another worker's
};

TEST_F(SharedAnswers, AreOfTheMoment) {
  EXPECT_THAT(front_page(site_), Not(HasSubstr("Tuore uutinen")));
  news();
  EXPECT_THAT(front_page(site_), HasSubstr("Tuore uutinen"));
}

TEST_F(SharedAnswers, OfOneWorkerServeTheOthers) {
  front_page(site_);
  front_page(other_);  // both have seen the archive as it is
  const auto made = measures_.pages_made.load();
  front_page(site_);
  front_page(other_);
  EXPECT_EQ(measures_.pages_made, made);
  news();
  EXPECT_THAT(front_page(other_), HasSubstr("Tuore uutinen"));
  EXPECT_THAT(front_page(site_), HasSubstr("Tuore uutinen"));
}

TEST_F(SharedAnswers, AreOfTheMomentAfterAReload) {
  front_page(site_);
  const auto made = measures_.pages_made.load();
  site_data_ = std::make_shared<const SiteData>(data_);
  front_page(site_);
  EXPECT_EQ(measures_.pages_made, made + 1);
}

TEST_F(SharedAnswers, AHostsNameCannotReachIntoAPath) {
  Request request;
  request.method = "GET";
  request.path = "/feeds";
  request.headers["host"] = "localhost:8470/api/v1";
  EXPECT_EQ(site_.answer(request).status, 421);
  request.headers["host"] = "localhost:8470";
  EXPECT_EQ(site_.answer(request).status, 200);
  request.path = "/api/v1/feeds";
  EXPECT_EQ(site_.answer(request).content_type.substr(0, 16), "application/json");
}

TEST_F(SharedAnswers, GoOutInGzipToThoseWhoTakeIt) {
  Request request;
  request.method = "GET";
  request.path = "/";
  request.headers["host"] = "localhost";
  const Response plain = site_.answer(request);
  request.headers["accept-encoding"] = "gzip, br";
  const Response packed = site_.answer(request);
  EXPECT_FALSE(plain.is_gzip);
  ASSERT_TRUE(packed.is_gzip);
  EXPECT_EQ(gunzip(packed.body), plain.body);
  EXPECT_EQ(packed.headers, plain.headers);
  const auto header = [&](std::string_view name) {
    const auto at =
        std::find_if(packed.headers.begin(), packed.headers.end(), [&](const auto& h) { return h.first == name; });
    return at == packed.headers.end() ? std::string() : at->second;
  };
  EXPECT_EQ(header("Vary"), "Accept-Language, Cookie, Accept-Encoding");
  request.headers["if-none-match"] = header("ETag");
  const Response known = site_.answer(request);
  EXPECT_EQ(known.status, 304);
  EXPECT_FALSE(known.is_gzip);
  request.headers.erase("if-none-match");
  request.query = {{"lang", "sv"}};
  EXPECT_FALSE(site_.answer(request).is_gzip) << "it sets a cookie: this reader's own";
}

TEST_F(SharedAnswers, AreGivenAtOnceInARush) {
  Request request;
  request.method = "GET";
  request.path = "/";
  request.headers["host"] = "localhost";
  const std::string page = front_page(site_);
  for (int i = 0; i < Rush::many; ++i) EXPECT_FALSE(answer_at_once(request, shared_, clock_.now()).answer);
  const auto kept = answer_at_once(request, shared_, clock_.now());
  ASSERT_TRUE(kept.answer);
  EXPECT_EQ(kept.answer->body, page);
  const auto has = [&](std::string_view name) {
    return std::any_of(kept.answer->headers.begin(), kept.answer->headers.end(),
                       [&](const auto& header) { return header.first == name; });
  };
  EXPECT_TRUE(has("Content-Security-Policy"));
  EXPECT_TRUE(has("ETag"));
  request.headers["host"] = "elsewhere.example";
  EXPECT_FALSE(answer_at_once(request, shared_, clock_.now()).answer);
  request.headers["host"] = "localhost";
  request.method = "POST";
  EXPECT_FALSE(answer_at_once(request, shared_, clock_.now()).answer);
}

}  // namespace
}  // namespace sotevahti::web
