#include "poll/redirect.h"

#include <gtest/gtest.h>

namespace sotevahti::poll {
namespace {

using namespace std::chrono_literals;

const base::Time start = base::from_unix(1771584000);

archive::FeedState state_at(const char* url) {
  archive::FeedState state;
  state.feed_id = "f";
  state.url = url;
  return state;
}

net::HttpReply reply_by(std::vector<int> statuses, const char* target) {
  net::HttpReply reply;
  reply.status = 200;
  for (const int status : statuses) reply.redirects.push_back({status, target});
  reply.effective_url = target;
  return reply;
}

TEST(Redirect, APermanentOneIsAdoptedAfterAWeekOfTheSameAnswer) {
  auto state = state_at("https://a.example/feed");
  const auto reply = reply_by({301}, "https://b.example/feed");
  for (int day = 0; day < 7; ++day) {
    watch_redirect(state, reply, start + 24h * day);
    EXPECT_FALSE(adopt_redirect(state, start + 24h * day)) << day;
  }
  watch_redirect(state, reply, start + 24h * 7);
  EXPECT_TRUE(adopt_redirect(state, start + 24h * 7));
  EXPECT_EQ(state.url, "https://b.example/feed");
  EXPECT_EQ(state.permanent_from, "https://a.example/feed");
}

TEST(Redirect, AnotherTargetStartsTheWeekAnew) {
  auto state = state_at("https://a.example/feed");
  watch_redirect(state, reply_by({301}, "https://b.example/feed"), start);
  watch_redirect(state, reply_by({301}, "https://c.example/feed"), start + 24h * 6);
  EXPECT_FALSE(adopt_redirect(state, start + 24h * 8));
}

TEST(Redirect, ADirectAnswerEndsTheWatch) {
  auto state = state_at("https://a.example/feed");
  watch_redirect(state, reply_by({308}, "https://b.example/feed"), start);
  watch_redirect(state, reply_by({}, "https://a.example/feed"), start + 24h);
  EXPECT_TRUE(state.redirect_to.empty());
  EXPECT_FALSE(adopt_redirect(state, start + 24h * 30));
}

TEST(Redirect, ATemporaryHopMakesAllOfItTemporary) {
  auto state = state_at("https://a.example/feed");
  watch_redirect(state, reply_by({301, 302}, "https://b.example/feed"), start);
  EXPECT_FALSE(adopt_redirect(state, start + 24h * 30));
}

TEST(Redirect, HttpToHttpsIsTakenAtOnce) {
  auto state = state_at("http://a.example/feed?x=1");
  watch_redirect(state, reply_by({301}, "https://a.example/feed?x=1"), start);
  EXPECT_TRUE(adopt_redirect(state, start));
  EXPECT_EQ(state.url, "https://a.example/feed?x=1");
}

TEST(Redirect, AnotherPathOverHttpsIsNot) {
  auto state = state_at("http://a.example/feed");
  watch_redirect(state, reply_by({301}, "https://a.example/"), start);
  EXPECT_FALSE(adopt_redirect(state, start + 24h));
}

}  // namespace
}  // namespace sotevahti::poll
