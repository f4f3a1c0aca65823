// What a stranger's bytes or network can cause is a value: Result<T> holds a T
// or says what went wrong. What breaks our promise to keep data is an exception,
// rolled back and caught in few places; what cannot happen asserts.
#pragma once
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace sotevahti::base {

// An error for a person: one sentence, in the user's terms, with place and cause.
struct Failure {
  std::string message;
};

template <class T, class E = Failure>
using Result = tl::expected<T, E>;

// A result that carries nothing but its success.
struct Done {};

inline tl::unexpected<Failure> fail(std::string message) {
  return tl::unexpected<Failure>(Failure{std::move(message)});
}

}  // namespace sotevahti::base
