// Result<T>: a value or an Error, with std::expected's member names (g++ 12 and Emscripten's
// libc++ 13 have no <expected>). Never throws; reading the wrong side is a programmer's error.
#pragma once

#include <cassert>
#include <optional>
#include <utility>

#include "base/error.h"

namespace sotto {

struct Unexpected {
  Error error;
};

inline Unexpected fail(Error error) {
  return {error};
}

template <typename T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T&& value) : value_(std::in_place, std::move(value)) {}  // NOLINT: implicit
  Result(const T& value) : value_(std::in_place, value) {}        // NOLINT
  Result(Unexpected unexpected) : error_(unexpected.error) {}     // NOLINT

  bool has_value() const { return value_.has_value(); }
  explicit operator bool() const { return has_value(); }

  T& value() & {
    assert(has_value());
    return *value_;
  }
  const T& value() const& {
    assert(has_value());
    return *value_;
  }
  T&& value() && {
    assert(has_value());
    return std::move(*value_);
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  Error error() const {
    assert(!has_value());
    return error_;
  }

  T value_or(T fallback) && { return has_value() ? std::move(*this).value() : std::move(fallback); }

 private:
  // Not a std::variant: its tables of functions for every type weigh much in the browser's modules.
  std::optional<T> value_;
  Error error_{};
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;

  Result() = default;
  Result(Unexpected unexpected) : error_(unexpected.error), failed_(true) {}  // NOLINT

  bool has_value() const { return !failed_; }
  explicit operator bool() const { return has_value(); }
  Error error() const {
    assert(failed_);
    return error_;
  }

 private:
  Error error_{};
  bool failed_ = false;
};

}  // namespace sotto

#define SOTTO_CONCAT_INNER(a, b) a##b
#define SOTTO_CONCAT(a, b) SOTTO_CONCAT_INNER(a, b)

// TRY(auto&& x, expression): x is the value, or the enclosing function returns the error.
#define TRY(declaration, expression)                                   \
  auto SOTTO_CONCAT(try_result_, __LINE__) = (expression);             \
  if (!SOTTO_CONCAT(try_result_, __LINE__).has_value())                \
    return ::sotto::fail(SOTTO_CONCAT(try_result_, __LINE__).error()); \
  declaration = *std::move(SOTTO_CONCAT(try_result_, __LINE__))

// TRY_VOID(expression): returns its error from the enclosing function, if it has one.
#define TRY_VOID(expression)                                               \
  do {                                                                     \
    if (auto try_void_result = (expression); !try_void_result.has_value()) \
      return ::sotto::fail(try_void_result.error());                       \
  } while (false)
