#include "archive/bytes.h"

#include <zstd.h>

#include "archive/database.h"

namespace sotevahti::archive {
namespace {

constexpr int compression_level = 1;             // higher ones save 3 % of a release's bytes and cost twice the time
constexpr std::size_t shortest_compressed = 64;  // below, a frame's own bytes outweigh it
constexpr std::size_t largest_unpacked = std::size_t{64} << 20;  // of one blob, unpacked

enum : char { plain_mark = 0, zstandard_mark = 2 };

[[noreturn]] void unreadable() { throw ArchiveError("a packed value of the archive cannot be read"); }

// Making a context costs more than a short text's compression: one is kept for each thread.
struct Compressor {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  Compressor() {
    if (context == nullptr) throw ArchiveError("no memory for compression");
  }
  ~Compressor() { ZSTD_freeCCtx(context); }
};

struct Decompressor {
  ZSTD_DCtx* context = ZSTD_createDCtx();
  Decompressor() {
    if (context == nullptr) throw ArchiveError("no memory for decompression");
  }
  ~Decompressor() { ZSTD_freeDCtx(context); }
};

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
  if (bytes.size() >= shortest_compressed) {
    thread_local Compressor compressor;
    std::string packed(1 + ZSTD_compressBound(bytes.size()), zstandard_mark);
    const std::size_t size = ZSTD_compressCCtx(compressor.context, packed.data() + 1, packed.size() - 1, bytes.data(),
                                               bytes.size(), compression_level);
    if (ZSTD_isError(size) != 0) throw ArchiveError("a text could not be compressed");
    packed.resize(1 + size);
    if (packed.size() < bytes.size()) return packed;
  }
  std::string packed(1, plain_mark);
  packed.append(bytes);
  return packed;
}

std::string decompress(std::string_view packed) {
  if (packed.empty()) unreadable();
  const char how = packed.front();
  packed.remove_prefix(1);
  if (how == plain_mark) return std::string(packed);
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (how != zstandard_mark || size > largest_unpacked) unreadable();  // what it cannot tell is greater too
  thread_local Decompressor decompressor;
  std::string bytes(static_cast<std::size_t>(size), '\0');
  const std::size_t read =
      ZSTD_decompressDCtx(decompressor.context, bytes.data(), bytes.size(), packed.data(), packed.size());
  if (ZSTD_isError(read) != 0 || read != bytes.size()) unreadable();
  return bytes;
}

}  // namespace sotevahti::archive
