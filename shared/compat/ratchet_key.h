// One key of a sender whose ratchet receivers follow by trying (LiveKit, JFrame): the key in use,
// the one before for a while, and the next eight, computed once when first needed, so that a frame
// that does not open costs no key schedule, however many there are of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "crypto/aead.h"
#include "crypto/secret.h"

namespace sotto {

// What a format derives from its key material.
struct RatchetStep {
  Secret<32> key;   // the AEAD's key, or it begins with it
  Secret<32> next;  // the material after one ratchet
};
using DeriveStep = Result<RatchetStep> (*)(ByteView material);

class RatchetKey {
 public:
  static constexpr std::size_t kWindow = 8;
  // Frames sealed before a ratchet or a rotation may still be on their way.
  static constexpr Duration kRetention = std::chrono::seconds(10);

  // `material` goes into `derive` once. Without `ratchets`, `ratchet` is kWrongState and no
  // further keys are tried.
  static Result<RatchetKey> create(AeadAlgorithm algorithm, DeriveStep derive, bool ratchets,
                                   ByteView material);

  Aead& cipher() { return *steps_[0]->cipher; }

  bool ratchets() const { return ratchets_; }

  // One step; the key until now opens frames for kRetention more.
  Result<void> ratchet(Time now);

  // The key in use becomes the previous one of `newer`, which takes this one's place.
  void replace_with(RatchetKey newer, Time now);

  // Forgets the previous key when its time is over.
  void expire(Time now);

  // Keys to try on a frame: 0 the one in use, 1 the previous, then up to kWindow ratcheted ones.
  // Null where there is none.
  static constexpr std::size_t kCandidates = 2 + kWindow;
  Aead* candidate(std::size_t n, Time now);
  // That one opened a frame: a ratcheted key becomes the one in use. True if that moved the
  // ratchet.
  bool proved(std::size_t n, Time now);

 private:
  struct Step {
    Secret<32> next;
    std::unique_ptr<Aead> cipher;
  };
  RatchetKey(AeadAlgorithm algorithm, DeriveStep derive, bool ratchets)
      : algorithm_(algorithm), derive_(derive), ratchets_(ratchets) {}

  Result<Step> step_from(ByteView material) const;
  bool reach(std::size_t step);
  void advance(std::size_t steps, Time now);
  void keep(std::unique_ptr<Aead> cipher, Time now);

  AeadAlgorithm algorithm_;
  DeriveStep derive_;
  bool ratchets_;
  std::array<std::optional<Step>, 1 + kWindow> steps_;  // 0 is in use
  std::unique_ptr<Aead> previous_;
  Time previous_until_{};
};

}  // namespace sotto
