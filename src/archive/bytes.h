// Plain values as bytes and back: numbers of 7 bits a byte, texts with their length
// before them. What cannot be read back throws ArchiveError: it was ours.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sotevahti::archive {

class ByteWriter {
 public:
  void number(std::uint64_t value);
  void text(std::string_view value);
  void texts(const std::vector<std::string>& values);
  const std::string& bytes() const { return bytes_; }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t number();
  std::string_view text();
  std::vector<std::string> texts();
  // How many of something follow: never more than bytes do.
  std::size_t count();

 private:
  std::string_view rest_;
};

// Zstandard; short bytes stay as they are.
std::string compress(std::string_view bytes);
std::string decompress(std::string_view packed);

}  // namespace sotevahti::archive
