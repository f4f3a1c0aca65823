// A value that may be missing and then takes no room: for the many things that a feed may
// say of an item and hardly any feed says. Used as std::optional is; owns its value, and
// a copy has one of its own.
#pragma once
#include <memory>
#include <utility>

namespace sotevahti::feed {

template <class Value>
class Boxed {
 public:
  Boxed() = default;
  Boxed(Value value) : value_(std::make_unique<Value>(std::move(value))) {}  // NOLINT(google-explicit-constructor)
  Boxed(const Boxed& other) : value_(other ? std::make_unique<Value>(*other) : nullptr) {}
  Boxed(Boxed&&) noexcept = default;
  Boxed& operator=(Boxed other) noexcept {
    value_ = std::move(other.value_);
    return *this;
  }
  ~Boxed() = default;

  explicit operator bool() const { return value_ != nullptr; }
  bool has_value() const { return value_ != nullptr; }
  Value& operator*() { return *value_; }
  const Value& operator*() const { return *value_; }
  Value* operator->() { return value_.get(); }
  const Value* operator->() const { return value_.get(); }
  Value value_or(Value otherwise) const { return value_ ? *value_ : std::move(otherwise); }
  Value& emplace() { return *(value_ = std::make_unique<Value>()); }
  void reset() { value_.reset(); }

  // Missing ones are equal.
  friend bool operator==(const Boxed& a, const Boxed& b) { return a && b ? *a == *b : !a && !b; }
  friend bool operator==(const Boxed& a, const Value& b) { return a && *a == b; }

 private:
  std::unique_ptr<Value> value_;
};

}  // namespace sotevahti::feed
