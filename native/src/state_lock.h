// A file that one group at a time holds: two that go on from one saved state would be one member
// twice (security profile, section 7).
#pragma once

#include "base/result.h"

namespace sotto::abi {

class StateLock {
 public:
  StateLock() = default;
  StateLock(StateLock&& other) noexcept;
  StateLock& operator=(StateLock&& other) noexcept;
  ~StateLock();

  // Made if it is not there, and never removed. kNotFound when it cannot be opened, kWrongState
  // when it is locked, here or in another process.
  static Result<StateLock> take(const char* path);

  bool held() const { return file_ >= 0; }

 private:
  explicit StateLock(int file) : file_(file) {}

  int file_ = -1;
};

}  // namespace sotto::abi
