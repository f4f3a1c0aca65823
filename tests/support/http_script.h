// What a scripted test server answers, byte by byte where it matters, and the
// behaviours that servers in the field and hostile ones show. Pure.
#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sotevahti::test_support {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct SeenRequest {
  std::string method;
  std::string target;
  Headers headers;  // names as they came
  std::string body;
  std::size_t connection = 0;  // 1, 2, ... in the order of accepting
  std::size_t nth = 0;         // of this target, from 1
  std::chrono::steady_clock::time_point at;

  // By a name in any case; none where the header is not there.
  std::optional<std::string> header(std::string_view name) const;
};

struct Answer {
  int status = 200;
  Headers headers;
  std::string body;

  enum class Length { counted, chunked, until_close };
  Length length = Length::counted;       // unless headers hold a Content-Length
  std::chrono::milliseconds delay{0};    // before the first byte
  std::size_t piece = 0;                 // bytes sent at a time; 0: all at once
  std::chrono::milliseconds gap{0};      // between pieces
  std::optional<std::size_t> cut_after;  // so many bytes of the whole answer, then the ending
  bool ends_headers = true;              // false: the empty line never comes
  std::string endless;                   // sent again and again after all that
  enum class Ending { keep_alive, close, reset, hang };
  Ending ending = Ending::keep_alive;
};

using Script = std::function<Answer(const SeenRequest&)>;

Answer page(std::string body, std::string type = "application/rss+xml; charset=utf-8");
// 304 to whoever sends back these very bytes, otherwise the page with them. Empty: that header is not sent.
Script validated(std::string body, std::string etag, std::string last_modified = {});
// One answer a request, the last one again for ever.
Script in_turn(std::vector<Answer> answers);
Answer redirect(int status, std::string location);
Answer busy(int status, std::string retry_after);
Answer late(Answer answer, std::chrono::milliseconds delay);
Answer slowly(Answer answer, std::size_t piece, std::chrono::milliseconds gap);
Answer gzipped(std::string_view body);
// A small body that unpacks to so many zeros.
Answer gzip_bomb(std::size_t unpacked);
Answer endless_body();
Answer endless_headers();
// One header line that never ends.
Answer endless_header_line();
Answer reset_after(Answer answer, std::size_t bytes);
// Claims so many bytes, whatever the body has, and closes.
Answer wrong_length(std::string body, std::size_t claimed);
Answer silence();
Answer no_http();
Answer html_page();
Answer captcha_page();

std::string gzip(std::string_view bytes);
std::string to_bytes(const Answer& answer, bool has_body);

}  // namespace sotevahti::test_support
