#include "archive/bytes.h"

#include <zlib.h>

#include <memory>

#include "archive/database.h"

namespace sotevahti::archive {
namespace {

constexpr int kLevel = 3;
constexpr int kMemory = 6;                               // tables that suit some kilobytes of text are cleared quicker
constexpr std::size_t kShortest = 64;                    // below, a stream's own bytes outweigh it
constexpr std::size_t kLargest = std::size_t{64} << 20;  // of one blob, unpacked

enum : char { kPlain = 0, kDeflated = 1 };

[[noreturn]] void unreadable() { throw ArchiveError("a packed value of the archive cannot be read"); }

// Making a stream costs more than a short text's compression: one is kept for each thread.
struct Deflater {
  z_stream stream{};
  Deflater() {
    if (deflateInit2(&stream, kLevel, Z_DEFLATED, -15, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) {
      throw ArchiveError("no memory for compression");
    }
  }
  ~Deflater() { deflateEnd(&stream); }
};

struct Inflater {
  z_stream stream{};
  Inflater() {
    if (inflateInit2(&stream, -15) != Z_OK) throw ArchiveError("no memory for decompression");
  }
  ~Inflater() { inflateEnd(&stream); }
};

Bytef* input_of(std::string_view bytes) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib only reads it
}

}  // namespace

void ByteWriter::number(std::uint64_t value) {
  while (value >= 0x80) {
    bytes_.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  bytes_.push_back(static_cast<char>(value));
}

void ByteWriter::text(std::string_view value) {
  number(value.size());
  bytes_.append(value);
}

void ByteWriter::texts(const std::vector<std::string>& values) {
  number(values.size());
  for (const std::string& value : values) text(value);
}

std::uint64_t ByteReader::number() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (rest_.empty()) unreadable();
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  unreadable();
}

std::size_t ByteReader::count() {
  const std::uint64_t value = number();
  if (value > rest_.size()) unreadable();
  return static_cast<std::size_t>(value);
}

std::string_view ByteReader::text() {
  const std::size_t size = count();
  const std::string_view value = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return value;
}

std::vector<std::string> ByteReader::texts() {
  std::vector<std::string> values(count());
  for (std::string& value : values) value = text();
  return values;
}

std::string compress(std::string_view bytes) {
  if (bytes.size() >= kShortest) {
    thread_local Deflater deflater;
    z_stream& stream = deflater.stream;
    deflateReset(&stream);
    ByteWriter head;
    head.number(bytes.size());
    std::string packed(1, kDeflated);
    packed += head.bytes();
    const std::size_t start = packed.size();
    packed.resize(start + deflateBound(&stream, static_cast<uLong>(bytes.size())));
    stream.next_in = input_of(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data() + start);
    stream.avail_out = static_cast<uInt>(packed.size() - start);
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END) throw ArchiveError("a text could not be compressed");
    packed.resize(packed.size() - stream.avail_out);
    if (packed.size() < bytes.size()) return packed;
  }
  std::string packed(1, kPlain);
  packed.append(bytes);
  return packed;
}

std::string decompress(std::string_view packed) {
  if (packed.empty()) unreadable();
  const char how = packed.front();
  packed.remove_prefix(1);
  if (how == kPlain) return std::string(packed);
  // The length stands before the stream; count() would hold it against the packed size.
  std::uint64_t size = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    if (packed.empty()) unreadable();
    const auto byte = static_cast<unsigned char>(packed.front());
    packed.remove_prefix(1);
    size |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) break;
  }
  if (how != kDeflated || size > kLargest) unreadable();
  thread_local Inflater inflater;
  z_stream& stream = inflater.stream;
  inflateReset(&stream);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  stream.next_in = input_of(packed);
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  if (inflate(&stream, Z_FINISH) != Z_STREAM_END || stream.avail_out != 0) unreadable();
  return bytes;
}

}  // namespace sotevahti::archive
