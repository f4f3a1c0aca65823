#include <gmock/gmock.h>

#include <atomic>

#include "archive/people.h"
#include "archive/sign_ups.h"
#include "site_fixture.h"

namespace sotevahti::web::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::string_view choices = "&area=pirkanmaa&topic=jarjestoavustukset&rhythm=weekdays&at=07:30&language=fi";

class Subscribing : public SiteTest {
 protected:
  RawResponse post(const std::string& path, const std::string& body, const std::string& more_headers = {}) {
    return ask("POST " + path + " HTTP/1.1\r\nHost: sote.example.org\r\nAccept-Language: fi\r\n" + more_headers +
               "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\nConnection: close\r\n\r\n" + body);
  }
  RawResponse sign_up(const std::string& address, const std::string& more_headers = {}) {
    return post("/subscribe", "action=subscribe&address=" + address + std::string(choices), more_headers);
  }
  // As if it came from there, over a proxy on this machine.
  static std::string from(int client) { return "X-Forwarded-For: 192.0.2." + std::to_string(client) + "\r\n"; }

  archive::SignUps sign_ups_{*database_};
  archive::People people_{*database_};
};

TEST_F(Subscribing, TheFormIsWholeWithoutScript) {
  const RawResponse page = get("/subscribe");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("<form class=\"choose\" method=\"post\" action=\"/subscribe\""),
                               HasSubstr("name=\"area\" value=\"pirkanmaa\""), HasSubstr("name=\"topic\""),
                               HasSubstr("name=\"kind\" value=\"decisions\""), HasSubstr("value=\"monthly\""),
                               HasSubstr("name=\"address\" type=\"email\"")));
  for (const char* language : {"sv", "en"})
    EXPECT_THAT(get(std::string("/subscribe?lang=") + language).body, Not(HasSubstr("choices.")))
        << "a word is missing";
}

TEST_F(Subscribing, AFilterOfTheSiteIsTakenOver) {
  EXPECT_THAT(get("/subscribe?q=area%3Alappi%20-%3Cb%3E%20topic%3Ajarjestoavustukset").body,
              AllOf(HasSubstr("value=\"lappi\" checked"), HasSubstr("value=\"jarjestoavustukset\" checked"),
                    HasSubstr("value=\"-&lt;b&gt;\"")));
}

TEST_F(Subscribing, ThePreviewCountsAndSavesNothing) {
  store_a_week();
  const std::string body = "action=preview&topic=palveluverkko&rhythm=weekdays&at=07:30&language=fi";
  const RawResponse preview = post("/subscribe", body);
  EXPECT_EQ(preview.status, 200);
  EXPECT_EQ(preview.header("cache-control"), "no-store");
  EXPECT_THAT(preview.body, HasSubstr("Mitään ei olisi tullut.")) << "it arrived after half past seven";
  EXPECT_THAT(preview.body, HasSubstr("vasta 17.2. alkaen")) << "and the archive is not that old";
  clock_.advance(24h * 4);
  EXPECT_THAT(post("/subscribe", body).body,
              AllOf(HasSubstr("1 viesti, 1 asia"), HasSubstr("Palveluverkko &lt;uudistuu&gt;")));
  EXPECT_THAT(get("/subscribe?topic=palveluverkko&rhythm=daily&at=07:30").body, HasSubstr("1 viesti, 1 asia"));
  EXPECT_THAT(sign_ups_.waiting(), IsEmpty());
}

TEST_F(Subscribing, WritesDownWhatIsAskedForAndNoMore) {
  const RawResponse sent = sign_up("anna%40yhdistys.example");
  EXPECT_EQ(sent.status, 303);
  EXPECT_EQ(sent.header("location"), "/subscribe/sent");
  EXPECT_THAT(get("/subscribe/sent").body, HasSubstr("Katso sähköpostiisi"));
  ASSERT_THAT(sign_ups_.waiting(), SizeIs(1));
  const archive::SignUp asked = sign_ups_.waiting()[0];
  EXPECT_EQ(asked.address, "anna@yhdistys.example");
  EXPECT_EQ(asked.filter, "area:pirkanmaa topic:jarjestoavustukset");
  EXPECT_EQ(asked.rhythm.print(), "weekdays 07:30");
  EXPECT_EQ(asked.name, "Pirkanmaa: Järjestöavustukset");
  EXPECT_THAT(people_.subscribers(), IsEmpty());
}

TEST_F(Subscribing, TheServiceIsToldWhenItIsInTheArchive) {
  std::atomic<std::size_t> told = 0, waiting = 0;
  callbacks_.signed_up = [&] {
    ++told;
    archive::OpenOptions reading;
    reading.access = archive::Access::read;
    const auto archive = archive::Database::open(data_.settings.archive.path, reading);
    if (archive) waiting = archive::SignUps(**archive).waiting().size();
  };
  EXPECT_EQ(post("/subscribe", "action=preview" + std::string(choices)).status, 200);
  EXPECT_EQ(sign_up("no+address").status, 422);
  EXPECT_EQ(told, 0U);
  EXPECT_EQ(sign_up("anna%40yhdistys.example").status, 303);
  EXPECT_EQ(told, 1U);
  EXPECT_EQ(waiting, 1U);
}

TEST_F(Subscribing, TheAnswerIsTheSameForOneWhoIsKnown) {
  archive::Subscriber anna;
  anna.address = "anna@yhdistys.example";
  anna.since = clock_.now();
  ASSERT_TRUE(people_.add_subscriber(anna));
  const RawResponse known = sign_up("anna%40yhdistys.example");
  const RawResponse unknown = sign_up("bertta%40yhdistys.example");
  EXPECT_EQ(known.status, unknown.status);
  EXPECT_EQ(known.body, unknown.body);
  EXPECT_EQ(known.header("location"), unknown.header("location"));
  EXPECT_THAT(sign_ups_.waiting(), SizeIs(2)) << "and as much is done for both";
}

TEST_F(Subscribing, NoStrangersWordsReachTheLetter) {
  const std::string body = "address=a%40x.example&words=voitit+arvonnassa&rhythm=daily&at=07:00&language=fi";
  EXPECT_EQ(post("/subscribe", body + "&area=x%20voitit").status, 422);
  EXPECT_EQ(post("/subscribe", body + "&name=Voitit%21").status, 303);
  EXPECT_EQ(sign_ups_.waiting()[0].name, "Oma haku");
}

TEST_F(Subscribing, WhatCannotBeIsSaidBesideItsField) {
  const auto refused = [&](const std::string& body) {
    const RawResponse answer = post("/subscribe", body);
    EXPECT_EQ(answer.status, 422) << body;
    return answer.body;
  };
  const std::string good = "address=a%40x.example&rhythm=daily&at=07:00&language=fi";
  const auto with = [&](const std::string& more) { return more + "&" + good; };
  EXPECT_THAT(refused(with("words=area%3Alapi")),
              AllOf(HasSubstr("id=\"fault-words\""), HasSubstr("Tarkoititko area:lappi?"), HasSubstr("a@x.example")));
  EXPECT_THAT(refused(with("at=25:61")), HasSubstr("id=\"fault-at\""));
  EXPECT_THAT(refused(with("rhythm=weekly&day=blursday")), HasSubstr("id=\"fault-day\""));
  EXPECT_THAT(refused(with("rhythm=monthly&day_of_month=31")), HasSubstr("id=\"fault-day_of_month\""));
  EXPECT_THAT(refused(with("rhythm=immediate&quiet_from=9&quiet_until=")), HasSubstr("id=\"fault-quiet_from\""));
  EXPECT_THAT(refused(with("rhythm=hourly")), HasSubstr("id=\"fault-rhythm\""));
  EXPECT_THAT(refused(with("language=tlh")), HasSubstr("id=\"fault-language\""));
  EXPECT_THAT(refused(with("words=" + std::string(3000, 'a'))), HasSubstr("Yli 2000 tavua"));
  EXPECT_THAT(refused(with("words=%C3%A4%22%3Cscript%3E%22%28")), Not(HasSubstr("<script>")));
  EXPECT_THAT(sign_ups_.waiting(), IsEmpty());
}

TEST_F(Subscribing, AddressesThatNoMailReachesAreRefusedWithTheReason) {
  const auto reason = [&](const std::string& address) {
    const RawResponse answer = sign_up(address);
    EXPECT_EQ(answer.status, 422) << address.substr(0, 60);
    EXPECT_THAT(answer.body, HasSubstr("id=\"fault-address\""));
    return answer.body;
  };
  EXPECT_THAT(reason(""), HasSubstr("Kirjoita osoite"));
  EXPECT_THAT(reason("anna"), HasSubstr("one @"));
  EXPECT_THAT(reason("anna%40x.example%0D%0ABcc%3A+all%40x.example"), HasSubstr("line break"));
  EXPECT_THAT(reason("%22anna%22%40x.example"), HasSubstr("holds &quot;"));
  EXPECT_THAT(reason(std::string(10'000, 'a') + "%40x.example"), HasSubstr("254 octets"));
  EXPECT_THAT(reason("%C3%A4iti%40x.example"), HasSubstr("RFC 6531"));
  EXPECT_THAT(reason("anna%40-x.example"), HasSubstr("no domain"));
  EXPECT_THAT(reason("anna%40x.example%00"), HasSubstr("Kirjoita osoite")) << "what cannot be decoded is not there";
  EXPECT_THAT(sign_ups_.waiting(), IsEmpty());
}

TEST_F(Subscribing, ADomainOfOtherLettersIsWrittenAsTheNetworkHasIt) {
  EXPECT_EQ(sign_up("anna%40ty%C3%B6.example").status, 303);
  EXPECT_EQ(sign_ups_.waiting()[0].address, "anna@xn--ty-gka.example");
}

TEST_F(Subscribing, AnOrganisationMayKeepItToItsOwn) {
  data_.settings.mail.allowed_domains = {"yhdistys.example"};
  const RawResponse refused = sign_up("anna%40muu.example");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("@yhdistys.example"));
  EXPECT_EQ(sign_up("anna%40YHDISTYS.example").status, 303);
  EXPECT_THAT(sign_ups_.waiting(), SizeIs(1));
}

TEST_F(Subscribing, AnOrganisationMayCloseIt) {
  data_.settings.web.sign_up = config::Settings::Web::SignUp::closed;
  data_.settings.mail.admin = "sote@yhdistys.example";
  const RawResponse page = get("/subscribe?q=area%3Alappi%20%3Cb%3E");
  EXPECT_THAT(page.body, AllOf(HasSubstr("mailto:sote@yhdistys.example"),
                               HasSubstr("<code>area:lappi &lt;b&gt;</code>"), Not(HasSubstr("name=\"address\""))));
  sign_up("anna%40yhdistys.example");
  EXPECT_THAT(sign_ups_.waiting(), IsEmpty());
}

TEST_F(Subscribing, AClientMayAskSoOften) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(sign_up("a" + std::to_string(i) + "%40x.example", from(1)).status, 303);
  const RawResponse refused = sign_up("b%40x.example", from(1));
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("retry-after"), "3600");
  EXPECT_EQ(sign_up("b%40x.example", from(2)).status, 303) << "another one may";
  clock_.advance(1h);
  EXPECT_EQ(sign_up("c%40x.example", from(1)).status, 303);
}

TEST_F(Subscribing, AllTogetherMayAskSoOften) {
  archive::SignUp wish;
  wish.asked = clock_.now();
  for (std::size_t i = 0; i < archive::SignUps::most_an_hour; ++i) {
    wish.address = "a" + std::to_string(i) + "@x.example";
    ASSERT_TRUE(sign_ups_.ask(wish, {}).value());
  }
  EXPECT_EQ(sign_up("b%40x.example").status, 429);
}

TEST_F(Subscribing, PreviewsAreBoundedToo) {
  serve();
  std::string last;
  for (int i = 0; i < 61; ++i) last = post("/subscribe", "action=preview" + std::string(choices), from(1)).body;
  EXPECT_THAT(last, HasSubstr("Pyydä hetken päästä uudelleen"));
  EXPECT_THAT(post("/subscribe", "action=preview" + std::string(choices), from(2)).body,
              Not(HasSubstr("Pyydä hetken päästä uudelleen")));
}

TEST_F(Subscribing, OtherSitesPagesMayNotPost) {
  for (const std::string header :
       {"Origin: https://evil.example\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\nOrigin: https://sote.example.org\r\n"})
    EXPECT_EQ(sign_up("anna%40x.example", header).status, 403) << header;
  EXPECT_THAT(sign_ups_.waiting(), IsEmpty());
  for (const std::string header : {"Origin: https://sote.example.org\r\n", "Origin: http://sote.example.org\r\n",
                                   "Sec-Fetch-Site: same-origin\r\nOrigin: null\r\n", ""})
    EXPECT_EQ(sign_up("anna%40x.example", header).status, 303) << header;
  // A proxy that asks by this machine's own name.
  EXPECT_EQ(ask("POST /subscribe HTTP/1.1\r\nHost: 127.0.0.1:8470\r\nOrigin: https://sote.example.org\r\n"
                "Content-Length: 0\r\nConnection: close\r\n\r\n")
                .status,
            422);
}

class Confirming : public Subscribing {
 protected:
  Confirming() {
    archive::SignUp wish;
    wish.address = "anna@yhdistys.example";
    wish.language = "sv";
    wish.name = "Birkaland";
    wish.filter = "area:pirkanmaa -<b>";
    wish.rhythm = archive::Rhythm::parse("weekly mon 08:00").value();
    wish.asked = clock_.now();
    const auto id = sign_ups_.ask(wish, {}).value().value();
    link_ = "/confirm/" + sign_ups_.make_token(id);
  }
  std::string link_;
};

TEST_F(Confirming, GetOnlyAsks) {
  const RawResponse page = get(link_);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.header("cache-control"), "no-store");
  EXPECT_THAT(page.body,
              AllOf(HasSubstr("<form method=\"post\" action=\"" + link_ + "\""), HasSubstr("anna@yhdistys.example"),
                    HasSubstr("area:pirkanmaa -&lt;b&gt;"), HasSubstr("maanantaisin klo 8.00")));
  EXPECT_THAT(people_.subscribers(), IsEmpty());
}

TEST_F(Confirming, PostMakesTheSubscriptionOnce) {
  const RawResponse done = post(link_, "");
  EXPECT_EQ(done.status, 200);
  EXPECT_THAT(done.body, AllOf(HasSubstr("Tilaus on voimassa"), HasSubstr("maanantai 23.2.2026")));
  ASSERT_THAT(people_.subscriptions(), SizeIs(1));
  const auto at = done.body.find("/manage/");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(get(done.body.substr(at, 8 + 22)).status, 200) << "the link to manage it is good";
  for (const RawResponse& again : {get(link_), post(link_, "")})
    EXPECT_THAT(again.body, AllOf(HasSubstr("Olet jo vahvistanut"), Not(HasSubstr("/manage/"))));
  EXPECT_THAT(people_.subscriptions(), SizeIs(1));
}

TEST_F(Confirming, OldAndGuessedLinksAreNone) {
  for (const std::string link : {"/confirm/guess", "/confirm/", "/confirm/%27%20OR%201%3D1"})
    EXPECT_EQ(get(link).status, 404);
  clock_.advance(archive::SignUps::kept);
  EXPECT_EQ(get(link_).status, 404);
  EXPECT_EQ(post(link_, "").status, 404);
  EXPECT_THAT(people_.subscribers(), IsEmpty());
}

TEST_F(Confirming, WhatIsNoLongerThereCannotBeConfirmed) {
  archive::SignUp wish;
  wish.address = "bertta@yhdistys.example";
  wish.filter = "source:gone";
  wish.asked = clock_.now();
  const std::string link = "/confirm/" + sign_ups_.make_token(sign_ups_.ask(wish, {}).value().value());
  EXPECT_EQ(post(link, "").status, 409);
  EXPECT_THAT(people_.subscribers(), IsEmpty());
}

}  // namespace
}  // namespace sotevahti::web::test
