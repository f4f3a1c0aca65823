// Megabytes of HTML that are meant to cost time or memory. Test and bench code only.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace sotevahti::test_support {

struct HostileHtml {
  std::string_view part;  // of which it is made
  std::string html;       // 1 MB
};

inline std::vector<HostileHtml> hostile_megabytes() {
  constexpr std::size_t megabyte = std::size_t{1} << 20;
  std::vector<HostileHtml> all;
  for (const std::string_view part : {"<",
                                      ">",
                                      "\"",
                                      "&",
                                      "&lt;",
                                      "&amp;",
                                      "&notin;",
                                      "&#x10FFFF;",
                                      "&#",
                                      "&CounterClockwiseContourIntegral",
                                      "<div>",
                                      "</div>",
                                      "<p>",
                                      "<b><i>",
                                      "</b></i>",
                                      "<table>",
                                      "<table><tr><td>",
                                      "<ul><li>",
                                      "<li>",
                                      "<ol><li>x",
                                      "<dl><dt>",
                                      "<h1>",
                                      "<br>",
                                      "</br>",
                                      "<a>",
                                      "<a href='x'>",
                                      "<a href=\"/x\">y</a>",
                                      "<a href=\"javascript:",
                                      "<a b=c ",
                                      "<a ",
                                      "<a \"",
                                      "<img src=x alt=y>",
                                      "<img src='",
                                      "<!--",
                                      "<!-- -->",
                                      "<!--->",
                                      "--",
                                      "<!",
                                      "<?",
                                      "</",
                                      "</ ",
                                      "<![CDATA[",
                                      "<![CDATA[x]]>",
                                      "]]>",
                                      "<script>",
                                      "<script/>",
                                      "</script",
                                      "<style>",
                                      "<pre>\n",
                                      "\n\n",
                                      " ",
                                      "\t",
                                      "x ",
                                      "\xC2\xA0",
                                      "\xC2\xAD",
                                      "\xC2",
                                      "\xE2\x80\xA9",
                                      "\xFF",
                                      "\xF0\x9F\x98\x80",
                                      "ä",
                                      "<svg><math>",
                                      "<select><option>",
                                      "<plaintext>",
                                      "<textarea>",
                                      "<x",
                                      "<video><source src=a>"}) {
    HostileHtml hostile{part, {}};
    hostile.html.reserve(megabyte + part.size());
    while (hostile.html.size() < megabyte) hostile.html += part;
    all.push_back(std::move(hostile));
  }
  return all;
}

}  // namespace sotevahti::test_support
