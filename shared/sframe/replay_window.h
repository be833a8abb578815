// Which CTRs of one KID have been seen: the highest and the 1,023 below it. Of older ones nobody
// can tell any more, so they are refused too. As RFC 3711 section 3.3.2, with a window wide enough
// for simulcast layers and reordering.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/result.h"

namespace sotto {

class ReplayWindow {
 public:
  static constexpr std::uint64_t kSize = 1024;

  // True when this CTR may still be accepted. Changes nothing: call `commit` once the frame has
  // been authenticated, or an attacker's forgery would shut the window on honest frames.
  bool fresh(std::uint64_t ctr) const;

  // The same with the cause: kReplayed when it was seen, kTooOld when it lies behind the window.
  Result<void> check(std::uint64_t ctr) const;

  void commit(std::uint64_t ctr);

  friend bool operator==(const ReplayWindow&, const ReplayWindow&) = default;

 private:
  void clear(std::uint64_t ctr);

  bool any_ = false;
  std::uint64_t highest_ = 0;
  std::array<std::uint64_t, kSize / 64> seen_{};  // bit ctr % kSize
};

}  // namespace sotto
