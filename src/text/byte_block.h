// Sixteen bytes at a time, in the compiler's own vectors (SSE2, NEON): for loops over
// long texts in which almost every byte is an ordinary one. Inside the room and feed;
// pure; any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace sotevahti::text {

class ByteBlock {
 public:
  static constexpr std::size_t size = 16;
  using Bytes [[gnu::vector_size(16)]] = unsigned char;

  explicit ByteBlock(const char* at) { std::memcpy(&bytes_, at, size); }
  explicit ByteBlock(Bytes bytes) : bytes_(bytes) {}

  // Masks: all bits of a byte, or none.
  ByteBlock equal(unsigned char c) const { return ByteBlock(Bytes(bytes_ == c)); }
  ByteBlock below(unsigned char c) const { return ByteBlock(Bytes(bytes_ < c)); }
  ByteBlock masked(unsigned char bits, unsigned char wanted) const {
    return ByteBlock(Bytes((bytes_ & bits) == wanted));
  }
  friend ByteBlock operator|(ByteBlock a, ByteBlock b) { return ByteBlock(a.bytes_ | b.bytes_); }
  friend ByteBlock operator&(ByteBlock a, ByteBlock b) { return ByteBlock(a.bytes_ & b.bytes_); }
  friend ByteBlock operator^(ByteBlock a, ByteBlock b) { return ByteBlock(a.bytes_ ^ b.bytes_); }
  ByteBlock operator~() const { return ByteBlock(~bytes_); }

  // Of a mask.
  bool any() const {
#ifdef __SSE2__
    return _mm_movemask_epi8(reinterpret_cast<__m128i>(bytes_)) != 0;
#else
    std::uint64_t halves[2];
    std::memcpy(halves, &bytes_, size);
    return (halves[0] | halves[1]) != 0;
#endif
  }

 private:
  Bytes bytes_;
};

}  // namespace sotevahti::text
