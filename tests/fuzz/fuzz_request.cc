// Any request to the site, "METHOD TARGET", header lines, an empty line, a body: never a 5xx,
// never a header of two lines, and a mistake is told as a 4xx with a body.
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/demand.h"
#include "text/utf8.h"
#include "web/http.h"
#include "web/site.h"
#include "web/site_fixture.h"

namespace {

using namespace sotevahti;
using test_support::demand;

// The archive of the pages' own tests.
class World : public web::test::SiteTest {
 public:
  World() { store_a_week(); }
  web::Response answer(const web::Request& request) { return site_.answer(request); }

 private:
  void TestBody() override {}

  std::shared_ptr<const web::SiteData> shared_ = std::make_shared<const web::SiteData>(data_);
  web::Shared kept_;
  base::Measures measures_;
  web::Site site_{[this] { return shared_; }, clock_, kept_, measures_};
};

std::string_view take(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return taken;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static World world;
  std::string_view input(reinterpret_cast<const char*>(data), size);
  web::Request request;
  request.method = take(input, ' ');
  const auto target = web::parse_target(take(input, '\n'));
  if (!target) return 0;
  request.path = target->path;
  request.query = target->query;
  request.headers["host"] = "sote.example.org";
  while (!input.empty()) {
    std::string_view line = take(input, '\n');
    if (line.empty()) break;
    const std::string name(take(line, ':'));
    if (name != "host") request.headers[name] = line;
  }
  request.body = input;

  const web::Response response = world.answer(request);
  demand(response.status >= 200 && response.status < 500, "status " + std::to_string(response.status), request.path);
  demand(response.status < 400 || !response.body.empty() || request.method == "HEAD", "a mistake without a word",
         request.path);
  for (const auto& [name, value] : response.headers)
    demand((name + value).find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos, "a header of two lines",
           value);
  if (response.content_type.find("utf-8") != std::string::npos ||
      response.content_type.find("json") != std::string::npos)
    demand(text::is_valid_utf8(response.body), "invalid UTF-8", request.path);
  return 0;
}
