#include "text/feed_date.h"

#include <gtest/gtest.h>

#include <string>

namespace sotevahti::text {
namespace {

std::string read(std::string_view text, const base::Zone* zone = nullptr) {
  const auto time = parse_feed_date(text, zone);
  return time ? base::to_rfc3339(*time) : "none";
}

struct Case {
  const char* text;
  const char* time;
};

class FeedDate : public testing::TestWithParam<Case> {};

TEST_P(FeedDate, Reads) { EXPECT_EQ(read(GetParam().text), GetParam().time) << GetParam().text; }

INSTANTIATE_TEST_SUITE_P(Rfc822, FeedDate,
                         testing::Values(Case{"Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"},
                                         Case{"Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21Z"},
                                         Case{"01 Jan 99 19:48 GMT", "1999-01-01T19:48:00Z"},
                                         Case{"01 Jan 90 19:48 GMT", "1990-01-01T19:48:00Z"},
                                         Case{"01 Jan 89 19:48 GMT", "2089-01-01T19:48:00Z"},
                                         Case{"  Thu,  5 Apr 2012 10:00:00 GMT\n", "2012-04-05T10:00:00Z"},
                                         Case{"Fri,24 Nov 2023 18:28:36 -0000", "2023-11-24T18:28:36Z"},
                                         Case{"Mon, 13 Feb, 2012 06:28:00 UTC", "2012-02-13T06:28:00Z"},
                                         Case{"Tue, 20 Feb 2026 12:45:26 +0200", "2026-02-20T10:45:26Z"},
                                         Case{"Sat, 20 Jun 2026 12:45:26 +03:00", "2026-06-20T09:45:26Z"},
                                         Case{"20 Feb 2026 12:45 EET", "2026-02-20T10:45:00Z"},
                                         Case{"20 June 2026 12:45 EEST", "2026-06-20T09:45:00Z"},
                                         Case{"Mon, 26 January 2004 16:31:00 ET", "2004-01-26T21:31:00Z"},
                                         Case{"Mon, 26 January 2004 16:31:00 PT", "2004-01-27T00:31:00Z"},
                                         Case{"Thu, 30 Apr 2015 08:57:00 MET", "2015-04-30T07:57:00Z"},
                                         Case{"Thu, 30 Apr 2015 08:57:00 EST5EDT", "2015-04-30T13:57:00Z"},
                                         Case{"Thu, 30 Apr 2015 08:57:00 Neverland", "2015-04-30T08:57:00Z"},
                                         Case{"Wed, 19 Feb 2012 22:40:00 GMT-01:01", "2012-02-19T23:41:00Z"},
                                         Case{"Wed, 19 Feb 2012 22:40:00 Etc/GMT", "2012-02-19T22:40:00Z"},
                                         Case{"Thu, 01 Jan 2004 00:00 GMT", "2004-01-01T00:00:00Z"},
                                         Case{"Thu, 01 Jan 2004", "2004-01-01T00:00:00Z"},
                                         Case{"1 Jan 2004 9:05", "2004-01-01T09:05:00Z"},
                                         Case{"Thu, Jan 5 2012 10:00 EST", "2012-01-05T15:00:00Z"},
                                         Case{"5-Jan-2012 10:00:00 GMT", "2012-01-05T10:00:00Z"},
                                         Case{"Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59Z"},
                                         Case{"Sat, 31 Dec 2016 24:00:00 GMT", "2017-01-01T00:00:00Z"},
                                         Case{"Mon Dec 04 2023 13:02:00 GMT+0200 (EET)", "2023-12-04T11:02:00Z"}));

INSTANTIATE_TEST_SUITE_P(
    Iso8601, FeedDate,
    testing::Values(
        Case{"2003-12-31T10:14:55-08:00", "2003-12-31T18:14:55Z"}, Case{"2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z"},
        Case{"2003-12-31T10:14:55.1234567Z", "2003-12-31T10:14:55Z"},
        Case{"2003-12-31T10:14:55,5+0200", "2003-12-31T08:14:55Z"}, Case{"2003-12-31t10:14z", "2003-12-31T10:14:00Z"},
        Case{"2004-07-08 23:56:58 -00:20", "2004-07-09T00:16:58Z"},
        Case{"2000-02-28T18:14:55-08:00", "2000-02-29T02:14:55Z"}, Case{"2003-12-31", "2003-12-31T00:00:00Z"},
        Case{"2003-12", "2003-12-01T00:00:00Z"}, Case{"2003", "2003-01-01T00:00:00Z"},
        Case{"2003-1-2", "2003-01-02T00:00:00Z"}, Case{"2003-12-31T10", "2003-12-31T10:00:00Z"},
        Case{"2003-335", "2003-12-01T00:00:00Z"}, Case{"2004-366", "2004-12-31T00:00:00Z"},
        Case{"20031231", "2003-12-31T00:00:00Z"}, Case{"2003335", "2003-12-01T00:00:00Z"},
        Case{"20031231T101455Z", "2003-12-31T10:14:55Z"}, Case{"20031231101455", "2003-12-31T10:14:55Z"},
        Case{"2003/12/31 10:14:55", "2003-12-31T10:14:55Z"}, Case{"2026-04-22T10:52:41.58", "2026-04-22T10:52:41Z"},
        Case{"2003-12-31+02:00", "2003-12-30T22:00:00Z"}, Case{"03-12-31", "2003-12-31T00:00:00Z"}));

INSTANTIATE_TEST_SUITE_P(
    Languages, FeedDate,
    testing::Values(
        Case{"4.12.2023 13.02", "2023-12-04T13:02:00Z"}, Case{"4.12.2023 klo 13.02", "2023-12-04T13:02:00Z"},
        Case{"4.12.2023\u00A0klo\u00A0"
             "13.02",
             "2023-12-04T13:02:00Z"},
        Case{"04.12.2023", "2023-12-04T00:00:00Z"}, Case{"4.12.23", "2023-12-04T00:00:00Z"},
        Case{"4.12. 2023 klo 9", "2023-12-04T09:00:00Z"}, Case{"klo 13.02 4.12.2023", "2023-12-04T13:02:00Z"},
        Case{"ma 4.12.2023 kello 13:02", "2023-12-04T13:02:00Z"},
        Case{"20.2.2026 12:45:26 EET", "2026-02-20T10:45:26Z"},
        Case{"ke 4. joulukuuta 2023 klo 13", "2023-12-04T13:00:00Z"},
        Case{"11. marraskuuta 2023", "2023-11-11T00:00:00Z"}, Case{"11. maaliskuuta 2023", "2023-03-11T00:00:00Z"},
        Case{"1. kesäkuuta 2023", "2023-06-01T00:00:00Z"},
        Case{"den 4 december 2023 kl. 13.02", "2023-12-04T13:02:00Z"}, Case{"4 maj 2023", "2023-05-04T00:00:00Z"},
        Case{"4 oktober 2023", "2023-10-04T00:00:00Z"}, Case{"2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z"},
        Case{"2004년 05월 28일  01:31:15", "2004-05-27T16:31:15Z"},
        Case{"2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z"},
        Case{"Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z"},
        Case{"Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z"}));

INSTANTIATE_TEST_SUITE_P(Others, FeedDate,
                         testing::Values(Case{"Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z"},
                                         Case{"Sun Jul 15 01:16:00 +0000 2012", "2012-07-15T01:16:00Z"},
                                         Case{"2004-07-08 23:56:58.0", "2004-07-08T23:56:58Z"},
                                         Case{"12/4/2023 1:02:00 PM", "2023-12-04T13:02:00Z"},
                                         Case{"12/4/2023 12:02:00 AM", "2023-12-04T00:02:00Z"},
                                         Case{"25/4/2023", "2023-04-25T00:00:00Z"},
                                         Case{"4/25/2023", "2023-04-25T00:00:00Z"},
                                         Case{"Monday, December 4, 2023 1:02 pm", "2023-12-04T13:02:00Z"}));

TEST(FeedDateNone, OfWhatIsImpossibleOrNoDate) {
  for (const char* text : {"",
                           " ",
                           "013",
                           "today",
                           "Sun, 16 zzz 2012 11:47:32 GMT",
                           "Sun, Dec x 2012 11:47:32 GMT",
                           "Sun, 16 Dec zz 11:47:32 GMT",
                           "Sun, 16 Dec 2012 zz:47:32 GMT",
                           "Sun, 16 Dec 2012 11:zz:32 GMT",
                           "Sun, 16 Dec 2012 11:47:zz GMT",
                           "Sun, 99 Jun 2009 12:00:00 GMT",
                           "31 Jun 2009",
                           "29 Feb 2023",
                           "2023-02-29",
                           "2023-13-01",
                           "2023-00-10",
                           "0000-00-00 00:00:00",
                           "0001-01-01T00:00:00",
                           "2023-12-31T25:00:00Z",
                           "2023-12-31T24:00:01Z",
                           "2023-12-31T10:60:00Z",
                           "2023-12-31T10:10:61Z",
                           "2023-366",
                           "10:14",
                           "4.12.",
                           "1700000000",
                           "2023-12-31T10:10:00+99:00",
                           "Dec 2012",
                           "32.1.2023",
                           "1.13.2023",
                           "4.12.2023.5:",
                           "13:02 PM 45/45/2023"})
    EXPECT_EQ(read(text), "none") << text;
  EXPECT_EQ(read(std::string(200, '1')), "none");
  EXPECT_EQ(read("2003-12-31" + std::string(500, 'x')), "none");
}

TEST(FeedDateZone, ADateWithoutAZoneIsOfTheZoneGiven) {
  const base::Zone& helsinki = base::Zone::helsinki();
  EXPECT_EQ(read("4.12.2023 klo 13.02", &helsinki), "2023-12-04T11:02:00Z");
  EXPECT_EQ(read("4.7.2023 13.02", &helsinki), "2023-07-04T10:02:00Z");
  EXPECT_EQ(read("2026-04-22T10:52:41.58", &helsinki), "2026-04-22T07:52:41Z");
  EXPECT_EQ(read("4.12.2023", &helsinki), "2023-12-03T22:00:00Z");
  EXPECT_EQ(read("2023-12-04T13:02:00Z", &helsinki), "2023-12-04T13:02:00Z");
  EXPECT_EQ(read("4.12.2023 13:02 GMT", &helsinki), "2023-12-04T13:02:00Z");
  // 29 March 2026 has no half past three.
  EXPECT_EQ(read("29.3.2026 3:30", &helsinki), "2026-03-29T01:00:00Z");
}

TEST(FeedDateZone, WhatWeWriteIsReadBack) {
  for (std::int64_t at = 0; at < 4'000'000'000; at += 86'399'983) {
    const base::Time time = base::from_unix(at);
    EXPECT_EQ(parse_feed_date(base::to_rfc3339(time)), time);
    EXPECT_EQ(parse_feed_date(base::to_rfc5322(time)), time);
    EXPECT_EQ(parse_feed_date(base::to_http_date(time)), time);
  }
}

}  // namespace
}  // namespace sotevahti::text
