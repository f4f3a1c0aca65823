#include "support/http_script.h"

#include <zlib.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace sotevahti::test_support {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::string> find_header(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (same_name(key, name)) return value;
  }
  return std::nullopt;
}

std::string_view reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 301: return "Moved Permanently";
    case 304: return "Not Modified";
    case 404: return "Not Found";
    case 429: return "Too Many Requests";
    case 503: return "Service Unavailable";
    default: return "Scripted";
  }
}

std::string chunked(std::string_view body) {
  constexpr std::size_t chunk = 1000;
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (; !body.empty(); body.remove_prefix(std::min(chunk, body.size()))) {
    const auto part = body.substr(0, chunk);
    for (int shift = 8; shift >= 0; shift -= 4) out += digits[(part.size() >> shift) & 15U];
    out.append("\r\n").append(part).append("\r\n");
  }
  return out + "0\r\n\r\n";
}

// Compressed piece by piece, so that a bomb's zeros never stand in memory.
template <class Source>
std::string deflate_all(Source next_piece) {
  z_stream stream{};
  constexpr int gzip_format = 15 + 16;
  if (deflateInit2(&stream, 9, Z_DEFLATED, gzip_format, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  const std::unique_ptr<z_stream, decltype(&deflateEnd)> cleanup(&stream, &deflateEnd);
  std::string out;
  for (bool is_last = false; !is_last;) {
    const auto [piece, last] = next_piece();
    is_last = last;
    std::string room(65536, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
    stream.avail_in = static_cast<uInt>(piece.size());
    do {
      stream.next_out = reinterpret_cast<Bytef*>(room.data());
      stream.avail_out = static_cast<uInt>(room.size());
      deflate(&stream, is_last ? Z_FINISH : Z_NO_FLUSH);
      out.append(room, 0, room.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  }
  return out;
}

Answer gzip_answer(std::string packed) {
  Answer answer = page(std::move(packed));
  answer.headers.emplace_back("Content-Encoding", "gzip");
  return answer;
}

}  // namespace

std::optional<std::string> SeenRequest::header(std::string_view name) const { return find_header(headers, name); }

Answer page(std::string body, std::string type) {
  Answer answer;
  answer.body = std::move(body);
  answer.headers.emplace_back("Content-Type", std::move(type));
  return answer;
}

Script validated(std::string body, std::string etag, std::string last_modified) {
  return [=](const SeenRequest& request) {
    Answer answer = page(body);
    if (!etag.empty()) answer.headers.emplace_back("ETag", etag);
    if (!last_modified.empty()) answer.headers.emplace_back("Last-Modified", last_modified);
    const auto known_etag = request.header("If-None-Match");
    const auto known_date = request.header("If-Modified-Since");
    const bool is_known = known_etag ? *known_etag == etag : known_date && *known_date == last_modified;
    if (is_known) {
      answer.status = 304;
      answer.body.clear();
    }
    return answer;
  };
}

Script in_turn(std::vector<Answer> answers) {
  return [answers = std::move(answers)](const SeenRequest& request) {
    return answers.at(std::min(request.nth, answers.size()) - 1);
  };
}

Answer redirect(int status, std::string location) {
  Answer answer = page("moved", "text/plain");
  answer.status = status;
  answer.headers.emplace_back("Location", std::move(location));
  return answer;
}

Answer busy(int status, std::string retry_after) {
  Answer answer = page("later", "text/plain");
  answer.status = status;
  answer.headers.emplace_back("Retry-After", std::move(retry_after));
  return answer;
}

Answer late(Answer answer, std::chrono::milliseconds delay) {
  answer.delay = delay;
  return answer;
}

Answer slowly(Answer answer, std::size_t piece, std::chrono::milliseconds gap) {
  answer.piece = piece;
  answer.gap = gap;
  return answer;
}

std::string gzip(std::string_view bytes) {
  return deflate_all([&] { return std::pair(bytes, true); });
}

Answer gzipped(std::string_view body) { return gzip_answer(gzip(body)); }

Answer gzip_bomb(std::size_t unpacked) {
  const std::string zeros(65536, '\0');
  return gzip_answer(deflate_all([&] {
    const std::size_t now = std::min(unpacked, zeros.size());
    unpacked -= now;
    return std::pair(std::string_view(zeros).substr(0, now), unpacked == 0);
  }));
}

Answer endless_body() {
  Answer answer = page("<rss>");
  answer.length = Answer::Length::until_close;
  answer.endless = std::string(16384, 'x');
  return answer;
}

Answer endless_headers() {
  Answer answer;
  answer.ends_headers = false;
  answer.endless = "X-More: and more and more\r\n";
  return answer;
}

Answer endless_header_line() {
  Answer answer;
  answer.ends_headers = false;
  answer.headers.emplace_back("X-Long", "");
  answer.endless = std::string(4096, 'x');
  answer.cut_after = to_bytes(answer, true).size() - 2;  // the line stays open
  return answer;
}

Answer reset_after(Answer answer, std::size_t bytes) {
  answer.cut_after = bytes;
  answer.ending = Answer::Ending::reset;
  return answer;
}

Answer wrong_length(std::string body, std::size_t claimed) {
  Answer answer = page(std::move(body));
  answer.headers.emplace_back("Content-Length", std::to_string(claimed));
  answer.ending = Answer::Ending::close;
  return answer;
}

Answer silence() {
  Answer answer;
  answer.cut_after = 0;
  answer.ending = Answer::Ending::hang;
  return answer;
}

Answer no_http() {
  Answer answer;
  answer.cut_after = 0;
  answer.endless = "220 mail.example.fi ESMTP\r\n";
  return answer;
}

Answer html_page() {
  return page("<!doctype html><html><head><title>Etusivu</title></head><body><h1>Tervetuloa</h1></body></html>",
              "text/html; charset=utf-8");
}

Answer captcha_page() {
  return page(
      "<!doctype html><html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript "
      "and "
      "cookies to continue</noscript><div class=\"g-recaptcha\"></div></body></html>",
      "text/html");
}

std::string to_bytes(const Answer& answer, bool has_body) {
  std::string out = "HTTP/1.1 " + std::to_string(answer.status) + " " + std::string(reason(answer.status)) + "\r\n";
  for (const auto& [name, value] : answer.headers) out.append(name).append(": ").append(value).append("\r\n");
  const bool is_counted = find_header(answer.headers, "Content-Length").has_value();
  const bool is_bodiless = answer.status == 304 || answer.status == 204;
  if (answer.ends_headers && !is_bodiless && !is_counted) {
    if (answer.length == Answer::Length::counted)
      out += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n";
    if (answer.length == Answer::Length::chunked) out += "Transfer-Encoding: chunked\r\n";
    if (answer.length == Answer::Length::until_close) out += "Connection: close\r\n";
  }
  if (answer.ends_headers) out += "\r\n";
  if (has_body && !is_bodiless) out += answer.length == Answer::Length::chunked ? chunked(answer.body) : answer.body;
  return out;
}

}  // namespace sotevahti::test_support
