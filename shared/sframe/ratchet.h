// The ratchet of sender keys (RFC 9605 section 5.1):
//
//   base_key[i + 1] = HKDF-Expand(HKDF-Extract("", base_key[i]), "SFrame 1.0 Ratchet", Nh)
//   KID             = generation << R | step mod 2^R                                  R = 8 here
//
// Who ratchets can no longer compute the older keys. A receiver follows when a frame of a later
// step has proved itself: 127 steps at most at once; the other half of the 8 bits means the past.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "base/result.h"
#include "sframe/base_key.h"
#include "sframe/cipher_suite.h"

namespace sotto {

// base_key[i + steps] from base_key[i].
Result<BaseKey> ratchet_base_key(CipherSuite suite, const BaseKey& key, std::uint32_t steps);

// One sender's key and where it stands. The key may come from the middle of a sender's life (a
// newcomer gets what is current), so until the first authentic frame the step that it belongs to is
// not known: step 0 and the frame's own step are both tried.
class Ratchet {
 public:
  static constexpr int kStepBits = 8;
  static constexpr std::uint32_t kMaxForward = (1u << kStepBits) / 2 - 1;

  explicit Ratchet(BaseKey&& key) : key_(std::move(key)) {}

  // The step to seal under, and the furthest proved so far.
  std::uint8_t step() const { return static_cast<std::uint8_t>(origin_.value_or(0) + position_); }
  const BaseKey& key() const { return key_; }

  // How many steps to go for a frame that names `step`; one or two guesses, to be proved by the
  // frame itself. None: the step is in the past, its key is gone.
  struct Guesses {
    std::array<std::uint32_t, 2> forward{};
    std::size_t count = 0;
  };
  Guesses guess(std::uint8_t step) const;

  // The frame of `step` was authentic under `key`, `forward` steps from here. True when that moved
  // the ratchet.
  bool accept(std::uint8_t step, std::uint32_t forward, BaseKey&& key);

  // The application's own step. What a frame has already done by itself is not done twice.
  Result<void> advance(CipherSuite suite);

 private:
  BaseKey key_;
  std::uint64_t position_ = 0;          // steps from the key that was handed out
  std::uint64_t asked_ = 0;             // how many of them the application has asked for
  std::optional<std::uint8_t> origin_;  // the step of the key that was handed out
};

}  // namespace sotto
