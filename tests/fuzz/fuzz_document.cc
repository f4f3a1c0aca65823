// Any bytes as a feed document: nothing crashes or hangs, all that comes out is valid
// UTF-8 and safe, the JSON is one line of JSON, and items have keys of their own. The
// first byte chooses the options; the rest is the document.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

#include "feed/ascii.h"
#include "feed/document.h"
#include "feed/item.h"
#include "feed/json.h"
#include "feed/xml_repair.h"
#include "support/safe_markup.h"
#include "text/utf8.h"

namespace {

using namespace sotevahti;

void demand(bool holds, std::string_view what, std::string_view shown) {
  if (holds) return;
  std::cerr << what << "\n" << shown << "\n";
  std::abort();
}

void check(const feed::Text& text) {
  if (text.type != "html" && text.type != "xhtml") return;
  const std::string fault = test_support::markup_fault(text.value);
  demand(fault.empty(), fault, text.value);
}

void check(const feed::Part& part) {
  for (const auto* text : {&part.title, &part.subtitle, &part.summary, &part.rights, &part.info}) {
    if (*text) check(**text);
  }
  for (const feed::Text& text : part.content) check(text);
  for (const feed::Link& link : part.links) demand(!link.href.empty(), "a link to nowhere", link.rel);
}

void check_items(const feed::Document& document) {
  std::set<std::string> keys;
  for (const feed::Item& item : feed::to_items(document, {})) {
    demand(!item.key.empty() && keys.insert(item.key).second, "a key twice", item.key);
    demand(item.url.empty() || feed::starts_ignoring_case(item.url, "http"), "an address of another kind", item.url);
    demand(text::is_valid_utf8(item.title.view()), "invalid title", item.key);
  }
}

void check(std::string_view bytes, const feed::ParseOptions& options) {
  const feed::Document document = feed::parse(bytes, options);
  demand(document.is_feed() || !document.error.empty(), "refused without a cause", "");
  demand(document.is_feed() || document.entries.empty(), "entries of no feed", "");
  demand(document.entries.size() <= options.max_entries, "over the limit", "");
  check(document.feed);
  for (const feed::Entry& entry : document.entries) {
    check(entry);
    if (entry.source) check(*entry.source);
  }
  const std::string json = feed::to_json(document);
  demand(nlohmann::json::accept(json) && json.find('\n') == std::string::npos, "no line of JSON", json);
  check_items(document);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  feed::ParseOptions options;
  if (data[0] & 1U) options.base_url = "https://example.org/feeds/a.xml";
  if (data[0] & 2U) options.content_type = "text/xml; charset=windows-1252";
  if (data[0] & 4U) options.max_entries = 2;
  check(bytes, options);
  // What was repaired reads as XML: the second repair has nothing to find.
  feed::repair_xml(bytes);
  return 0;
}
