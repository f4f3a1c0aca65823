// What a choice would have brought, counted as digests are built (deliver). The pages have few
// workers: one preview at a time, so many a minute, and none that takes longer than a moment.
#include "deliver/previewer.h"
#include "web/choice_form.h"
#include "web/limits.h"

namespace sotevahti::web {
namespace {

constexpr std::chrono::days looked_back{90};
constexpr std::chrono::milliseconds patience{1500};

void put_last(Html& html, const Visit& visit, const std::vector<digest::Story>& last) {
  if (last.empty()) return;
  html.put("<p>").text(visit.say("preview.last")).put("</p><ul>");
  for (const digest::Story& story : last) {
    html.put("<li><a").attribute("href", visit.entry_address(story.id));
    html.attribute("lang", visit.language_tag(story.language)).put(">");
    html.text(story.title.empty() ? visit.say("story.untitled") : story.title.str()).put("</a></li>");
  }
  html.put("</ul>");
}

void put_forecast(Html& html, const Visit& visit, const deliver::Forecast& forecast) {
  const std::string mails = visit.count("preview.mails", forecast.digests);
  const std::string stories = visit.count("preview.stories", forecast.stories);
  const std::string_view key = !forecast.is_whole      ? "preview.at_least"
                               : forecast.digests == 0 ? "preview.nothing"
                                                       : "preview.told";
  html.put("<p class=\"forecast\">").text(visit.say(key, {{"mails", mails}, {"stories", stories}})).put("</p>");
  put_last(html, visit, forecast.last);
  if (const auto beginning = visit.search().beginning(); beginning && *beginning > visit.now - looked_back)
    html.put("<p class=\"note\">")
        .text(visit.say("preview.young", {{"date", visit.short_day(*beginning)}}))
        .put("</p>");
}

void put_count(Html& html, const Visit& visit, const archive::Subscription& wanted) {
  const std::unique_lock alone(visit.limits.counting, std::try_to_lock);
  if (!alone || !visit.limits.previews.admit(visit.request.client, visit.now)) {
    html.put("<p>").text(visit.say("preview.busy")).put("</p>");
    return;
  }
  deliver::Previewer previewer({visit.database, visit.data.taxonomy, visit.data.catalogue, digest::Texts::builtin(),
                                deliver::Sender::of(visit.data.settings)});
  const auto forecast = previewer.forecast(wanted, visit.now, looked_back, patience);
  if (forecast) put_forecast(html, visit, *forecast);
}

}  // namespace

void put_preview(Html& html, const Visit& visit, const Chosen& chosen) {
  html.put("<div id=\"preview\" class=\"preview\" role=\"status\"><h2>").text(visit.say("preview.title")).put("</h2>");
  if (chosen.faults.contains("words")) html.put("<p>").text(visit.say("preview.fault")).put("</p>");
  else put_count(html, visit, chosen.subscription);
  html.put("</div>\n");
}

void put_preview_place(Html& html, const Visit& visit) {
  html.put("<div id=\"preview\" class=\"preview\" role=\"status\"><h2>")
      .text(visit.say("preview.title"))
      .put("</h2><p>");
  html.text(visit.say("preview.what")).put("</p></div>\n");
}

}  // namespace sotevahti::web
