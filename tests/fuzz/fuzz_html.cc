// Any bytes as HTML: what comes out is safe, stays as it is when sanitised again, and
// gives valid plain text.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "support/safe_markup.h"
#include "text/html.h"
#include "text/utf8.h"

namespace {

using namespace sotevahti;

void demand(bool holds, std::string_view what, std::string_view html) {
  if (holds) return;
  std::cerr << what << "\n" << html << "\n";
  std::abort();
}

void check(std::string_view input, const text::HtmlOptions& options) {
  const text::SafeHtml safe = text::sanitize(input, options);
  const std::string fault = test_support::markup_fault(safe.view());
  demand(fault.empty(), fault, safe.view());
  demand(text::is_valid_utf8(safe.view()), "invalid UTF-8", safe.view());
  demand(safe.str().size() <= options.max_bytes, "longer than asked for", safe.view());
  demand(text::sanitize(safe.view(), options) == safe, "not idempotent", safe.view());
  const text::PlainText plain = text::to_plain_text(safe, {.keep_links = true});
  demand(text::PlainText::from(plain.view()) == plain, "plain text holds controls", plain.view());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input, {});
  check(input, {.base_url = "https://example.fi/a/b?c#d", .max_bytes = 200});
  // The first line as a stranger's xml:base.
  const std::size_t line = input.find('\n');
  if (line != std::string_view::npos) check(input.substr(line), {.base_url = input.substr(0, line)});
  text::looks_like_html(input);
  demand(text::decode_references(input).size() <= 2 * input.size(), "references grow", input);
  return 0;
}
