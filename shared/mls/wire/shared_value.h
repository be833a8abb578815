// A large part of a structure that is never changed once it is there: copies share it. Never null.
#pragma once

#include <memory>
#include <utility>

namespace sotto::mls {

template <typename T>
class SharedValue {
 public:
  SharedValue() : value_(empty()) {}
  SharedValue(T value) : value_(std::make_shared<const T>(std::move(value))) {}  // NOLINT: implicit
  // `value` is not null.
  SharedValue(std::shared_ptr<const T> value) : value_(std::move(value)) {}  // NOLINT: implicit

  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }
  // To keep it without copying.
  const std::shared_ptr<const T>& pointer() const { return value_; }

  friend bool operator==(const SharedValue& a, const SharedValue& b) {
    return a.value_ == b.value_ || *a.value_ == *b.value_;
  }

 private:
  static const std::shared_ptr<const T>& empty() {
    static const std::shared_ptr<const T> value = std::make_shared<const T>();
    return value;
  }

  std::shared_ptr<const T> value_;
};

}  // namespace sotto::mls
