// Speed of the text room on what feeds send: bytes of input a second.
#include <benchmark/benchmark.h>

#include <ctime>
#include <string>

#include "support/hostile_html.h"
#include "text/charset.h"
#include "text/feed_date.h"
#include "text/html.h"
#include "text/url.h"
#include "text/utf8.h"

namespace sotevahti::text {
namespace {

// A press release as a portal writes it: 1.6 KB, paragraphs, a list, links, an image.
const std::string& release() {
  static const std::string html = [] {
    std::string out =
        "<p><strong>Pirkanmaan hyvinvointialueen aluehallitus k&auml;sitteli kokouksessaan maanantaina "
        "9.2.2026 "
        "j&auml;rjest&ouml;avustusten periaatteita.</strong></p>\n<p>&nbsp;</p>\n"
        "<img class=\"size-full\" src=\"https://www.example.fi/kuvat/kokous.jpg?width=800&amp;height=600\" "
        "alt=\"Aluehallitus koolla\" width=\"800\" height=\"600\" loading=\"lazy\">\n";
    for (int i = 0; i < 4; ++i)
      out +=
          "<p style=\"margin: 0\">Avustusta voivat hakea sosiaali- ja terveysalan yhdistykset, joiden "
          "toiminta "
          "tukee alueen asukkaiden hyvinvointia ja terveytt\xC3\xA4. <a "
          "href=\"https://www.example.fi/avustukset?"
          "haku=2026&amp;lang=fi\" target=\"_blank\" rel=\"noopener\">Lue lis\xC3\xA4\xC3\xA4 "
          "hausta</a>.</p>\n";
    out +=
        "<ul>\n<li>Haku alkaa 1.3.2026</li>\n<li>Haku p\xC3\xA4\xC3\xA4ttyy 31.3.2026 klo 15.45</li>\n"
        "<li>P\xC3\xA4\xC3\xA4t\xC3\xB6kset toukokuussa</li>\n</ul>\n<p>Lis\xC3\xA4tietoja antaa "
        "hankep\xC3\xA4\xC3\xA4llikk\xC3\xB6, puh. 040 123 4567.<br />S\xC3\xA4hk\xC3\xB6posti: "
        "<a href=\"mailto:etunimi.sukunimi@example.fi\">etunimi.sukunimi@example.fi</a></p>\n";
    return out;
  }();
  return html;
}

void count_bytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * static_cast<std::int64_t>(state.iterations()));
}

void sanitize_and_plain(benchmark::State& state) {
  for (auto _ : state) {
    const SafeHtml safe = sanitize(release());
    benchmark::DoNotOptimize(to_plain_text(safe));
  }
  count_bytes(state, release().size());
}
BENCHMARK(sanitize_and_plain);

void sanitize_only(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(sanitize(release()));
  count_bytes(state, release().size());
}
BENCHMARK(sanitize_only);

void plain_only(benchmark::State& state) {
  const SafeHtml safe = sanitize(release());
  for (auto _ : state) benchmark::DoNotOptimize(to_plain_text(safe));
  count_bytes(state, safe.str().size());
}
BENCHMARK(plain_only);

// A megabyte of each hostile kind, sanitised and made plain text: the dearest is the label's.
void dearest_hostile_megabyte(benchmark::State& state) {
  const auto all = test_support::hostile_megabytes();
  double dearest = 0;
  for (auto _ : state) {
    for (const auto& [part, html] : all) {
      const std::clock_t begin = std::clock();
      benchmark::DoNotOptimize(to_plain_text(sanitize(html)));
      const double milliseconds = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
      if (milliseconds <= dearest) continue;
      dearest = milliseconds;
      state.SetLabel(std::string(part));
    }
  }
  state.counters["dearest_ms"] = dearest;
}
BENCHMARK(dearest_hostile_megabyte)->Unit(benchmark::kMillisecond);

void decode_utf8(benchmark::State& state) {
  std::string document = "<?xml version='1.0' encoding='utf-8'?>";
  for (int i = 0; i < 40; ++i) document += release();
  for (auto _ : state) benchmark::DoNotOptimize(decode_xml(document, ""));
  count_bytes(state, document.size());
}
BENCHMARK(decode_utf8);

void decode_latin1(benchmark::State& state) {
  std::string document = "<?xml version='1.0' encoding='iso-8859-1'?>";
  for (int i = 0; i < 2000; ++i)
    document +=
        "Pirkanmaan hyvinvointialueen j\xE4rjest\xF6"
        "avustukset ";
  for (auto _ : state) benchmark::DoNotOptimize(decode_xml(document, ""));
  count_bytes(state, document.size());
}
BENCHMARK(decode_latin1);

void dates(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(parse_feed_date("Fri, 20 Feb 2026 12:45:26 +0200"));
    benchmark::DoNotOptimize(parse_feed_date("2026-02-20T10:45:26Z"));
  }
  state.SetItemsProcessed(2 * static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(dates);

void canonical_urls(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(
        canonical_url("https://www.sttinfo.fi/tiedote/70123456/aluehallitus-kokoontui?publisherId=69818103&lang=fi"));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(canonical_urls);

}  // namespace
}  // namespace sotevahti::text

BENCHMARK_MAIN();
