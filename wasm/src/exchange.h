// What the exports share: the two buffers between worker and core, and how results are told.
//
// The worker writes arguments into the input buffer, calls, and reads results from the output
// buffer; both move when they grow, so their addresses are asked for each time. Functions that
// return int give a size or zero, or -1 - Error.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/error.h"
#include "base/result.h"
#include "buffer.h"

#define SOTTO_EXPORT extern "C" __attribute__((visibility("default"), used))

namespace sotto {

// An encoder's frame of 4 MiB, sealed as H.264 with an emulation prevention byte after every
// second byte, stays below the output's limit.
inline constexpr std::size_t kMaxInput = std::size_t{8} << 20;
inline constexpr std::size_t kMaxOutput = std::size_t{16} << 20;

inline Buffer input(kMaxInput);
inline Buffer output(kMaxOutput);

inline int failure(Error error) {
  return -1 - static_cast<int>(error);
}

inline int zero_or_failure(const Result<void>& result) {
  return result ? 0 : failure(result.error());
}

inline int size_or_failure(const Result<std::size_t>& result) {
  return result ? static_cast<int>(*result) : failure(result.error());
}

}  // namespace sotto
