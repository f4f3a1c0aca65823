// Rows of unlike length, one behind the other in memory. What was asked for holds until a row is added.
#pragma once
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace sotevahti::tag {

template <class T>
class Rows {
 public:
  Rows() = default;
  // So many rows, from values that came in any order, each with the row it belongs to: those of a row stay in theirs.
  Rows(std::size_t rows, const std::vector<std::pair<std::uint32_t, T>>& given) : values_(given.size()), ends_(rows) {
    std::vector<std::uint32_t> counts(rows);
    for (const auto& [row, value] : given) ++counts[row];
    std::exclusive_scan(counts.begin(), counts.end(), ends_.begin(), std::uint32_t{0});
    for (const auto& [row, value] : given) values_[ends_[row]++] = value;
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
