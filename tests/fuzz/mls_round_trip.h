// What holds for every structure of MLS, whatever the bytes: they decode to nothing, or encode to
// the very same; and reading them takes at most a small multiple of their size.
#pragma once

#include <cstdio>
#include <cstdlib>

#include "mls/wire/codec.h"
#include "support/peak_memory.h"

namespace sotto::mls {

// The worst that there is natively: leaves or proposals of empty fields (a third less in 32 bits).
constexpr std::size_t kMostPerByte = 40;

template <typename T>
void expect_round_trip(ByteView input) {
  const std::ptrdiff_t before = test::begin_peak();
  auto value = decode<T>(input);
  const auto taken = static_cast<std::size_t>(test::peak_bytes - before);
  if (taken > kMostPerByte * input.size() + 4096) {
    std::fprintf(stderr, "%zu bytes for an input of %zu\n", taken, input.size());
    std::abort();
  }
  if (value && !equal(encode(*value), input)) std::abort();
}

}  // namespace sotto::mls
