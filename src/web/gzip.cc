#include "web/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "text/words.h"

namespace sotevahti::web {
namespace {

constexpr int gzip_window = 15 + 16;         // zlib's way to say: a gzip header, not a zlib one
constexpr std::size_t least_to_pack = 1024;  // less goes into a packet or two anyway

// zlib's interface is of its time: bytes that it only reads are not const.
void give(z_stream& stream, std::string_view bytes) {
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// "gzip;q=0.5": its weight; 0 says that it is not taken.
double weight_of(std::string_view coding) {
  const auto parameter = coding.find(';');
  if (parameter == coding.npos) return 1;
  const std::string_view weight = trimmed(coding.substr(parameter + 1));
  if (!weight.starts_with("q=") && !weight.starts_with("Q=")) return 1;
  return std::strtod(std::string(weight.substr(2)).c_str(), nullptr);
}

}  // namespace

std::string gzip(std::string_view plain) {
  z_stream stream{};
  // The quickest level: pages shrink to a sixth with it, and to a seventh with the usual one.
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("no memory to pack a page");
  const std::unique_ptr<z_stream, int (*)(z_stream*)> ending(&stream, deflateEnd);
  std::string packed(deflateBound(&stream, plain.size()), '\0');
  give(stream, plain);
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("a page could not be packed");
  packed.resize(stream.total_out);
  packed.shrink_to_fit();
  return packed;
}

std::string gunzip(std::string_view packed) {
  z_stream stream{};
  if (inflateInit2(&stream, gzip_window) != Z_OK) throw std::runtime_error("no memory to unpack a page");
  const std::unique_ptr<z_stream, int (*)(z_stream*)> ending(&stream, inflateEnd);
  give(stream, packed);
  std::string plain;
  std::array<char, 16384> piece;
  for (int result = Z_OK; result != Z_STREAM_END;) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = piece.size();
    result = inflate(&stream, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END) throw std::runtime_error("a packed page is damaged");
    plain.append(piece.data(), piece.size() - stream.avail_out);
  }
  return plain;
}

bool takes_gzip(const Request& request) {
  std::string_view list = request.header("accept-encoding");
  double any = 0;
  while (!list.empty()) {
    const auto comma = list.find(',');
    const std::string_view coding = trimmed(list.substr(0, comma));
    const std::string_view name = trimmed(coding.substr(0, coding.find(';')));
    if (text::lower(name) == "gzip") return weight_of(coding) > 0;
    if (name == "*") any = weight_of(coding);
    list.remove_prefix(comma == list.npos ? list.size() : comma + 1);
  }
  return any > 0;
}

void pack(Response& response) {
  if (response.is_gzip || response.body.size() < least_to_pack) return;
  response.body = gzip(response.body);
  response.is_gzip = true;
  const auto vary = std::find_if(response.headers.begin(), response.headers.end(),
                                 [](const auto& header) { return header.first == "Vary"; });
  if (vary == response.headers.end()) response.headers.emplace_back("Vary", "Accept-Encoding");
  else vary->second += ", Accept-Encoding";
}

void unpack_unless_taken(const Request& request, Response& response) {
  if (!response.is_gzip || takes_gzip(request)) return;
  response.body = gunzip(response.body);
  response.is_gzip = false;
}

}  // namespace sotevahti::web
