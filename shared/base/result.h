// Result<T>: a value or an Error, with std::expected's member names (g++ 12 and Emscripten's
// libc++ 13 have no <expected>). Never throws; reading the wrong side is a programmer's error.
#pragma once

#include <cassert>
#include <cstdint>
#include <new>
#include <utility>

#include "base/error.h"

namespace sotto {

struct Unexpected {
  Error error;
};

inline Unexpected fail(Error error) {
  return {error};
}

// One byte says which it is: 0 a value, anything else the error's number and one. Neither a
// std::variant nor a std::optional beside an Error: what those set and ask weighs much in the
// browser's modules.
class [[nodiscard]] Outcome {
 public:
  Outcome() = default;
  Outcome(Unexpected unexpected)  // NOLINT: implicit
      : error_(static_cast<std::uint8_t>(static_cast<unsigned>(unexpected.error) + 1)) {}

  bool has_value() const { return error_ == 0; }
  explicit operator bool() const { return has_value(); }
  Error error() const {
    assert(!has_value());
    return static_cast<Error>(error_ - 1);
  }

 private:
  std::uint8_t error_ = 0;
};

template <typename T>
class [[nodiscard]] Result : public Outcome {
 public:
  using value_type = T;

  Result(T&& value) : value_(std::move(value)) {}         // NOLINT: implicit
  Result(const T& value) : value_(value) {}               // NOLINT
  Result(Unexpected unexpected) : Outcome(unexpected) {}  // NOLINT
  Result(Result&& other) noexcept : Outcome(other) {
    if (has_value()) new (&value_) T(std::move(other.value_));
  }
  Result& operator=(Result&& other) noexcept {
    if (this == &other) return *this;
    this->~Result();
    return *new (this) Result(std::move(other));
  }
  ~Result() {
    if (has_value()) value_.~T();
  }

  T& value() & {
    assert(has_value());
    return value_;
  }
  const T& value() const& {
    assert(has_value());
    return value_;
  }
  T&& value() && {
    assert(has_value());
    return std::move(value_);
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  T value_or(T fallback) && { return has_value() ? std::move(*this).value() : std::move(fallback); }

 private:
  union {
    T value_;
  };
};

template <>
class [[nodiscard]] Result<void> : public Outcome {
 public:
  using value_type = void;
  using Outcome::Outcome;
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
