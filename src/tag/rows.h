// Rows of unlike length, one behind the other in memory. What was asked for holds until a row is added.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sotevahti::tag {

template <class T>
class Rows {
 public:
  Rows() = default;
  explicit Rows(const std::vector<std::vector<T>>& rows) {
    ends_.reserve(rows.size());
    for (const auto& row : rows) add(row);
  }

  void add(std::span<const T> row) {
    values_.insert(values_.end(), row.begin(), row.end());
    ends_.push_back(static_cast<std::uint32_t>(values_.size()));
  }

  std::size_t size() const { return ends_.size(); }
  std::span<const T> operator[](std::size_t row) const {
    const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
    return {values_.data() + begin, ends_[row] - begin};
  }

 private:
  std::vector<T> values_;
  std::vector<std::uint32_t> ends_;
};

}  // namespace sotevahti::tag
