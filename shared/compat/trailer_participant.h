// A sender of LiveKit's or Jitsi's frames, which differ in little: the engine of both.
//
// Keys. Up to 16, each with a ratchet. A frame names its key, but not how often it was ratcheted:
// when it does not open, the key before (for 10 seconds after a ratchet or a rotation, since frames
// overtake each other) and the next eight are tried, within the bounds of trial_budget.h. Only a
// frame that opened moves the ratchet. A passphrase has none: whoever knows it can compute every
// step, so `ratchet` is kWrongState.
//
// Sealing. The formats make the IV of SSRC, timestamp and a count that wraps at 65,535; receivers
// take it as it comes. Here the count begins at a random number of 32 bits, runs through all of
// them and belongs to the participant, whatever the key: no IV comes twice, even where a browser
// gives no SSRC (one is then drawn) or no timestamps. After 2^32 frames: kExhausted.
//
// An empty frame carries nothing and has no sealed form: `seal` writes no bytes. Off the wire an
// empty frame, like everything in the clear that a server may put in between, is an error.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/random.h"
#include "compat/clear_prefix.h"
#include "compat/iv_window.h"
#include "compat/ratchet_key.h"
#include "compat/trailer.h"
#include "compat/trial_budget.h"
#include "e2ee/participant.h"

namespace sotto {

struct TrailerFormat {
  AeadAlgorithm algorithm{};
  ClearPrefix clear_prefix{};
  // Turns (timestamp, count) into the IV's last word, and that back into the count.
  std::uint32_t (*fold)(std::uint32_t timestamp, std::uint32_t value){};
  DeriveStep from_raw{};
  std::size_t min_raw = 0;
  std::size_t max_raw = 0;
  DeriveStep from_passphrase{};  // null: no passphrases
};

class TrailerParticipant : public Participant {
 public:
  static constexpr std::size_t kKeys = 16;
  static constexpr std::size_t kMaxPassphrase = 1024;

  TrailerParticipant(const TrailerFormat& format, RandomSource& random);

  Result<void> set_key(std::uint32_t index, KeyKind kind, ByteView material, Time now) override;
  Result<void> use_key(std::uint32_t index, Time now) override;
  Result<void> ratchet(std::uint32_t index, Time now) override;
  bool erase_key(std::uint32_t index) override;
  void expire(Time now) override;
  std::size_t max_sealed_size(Codec codec, std::size_t plain_size) const override;
  Result<std::size_t> seal(const FrameFacts& facts, ByteView frame, MutableBytes out) override;
  Result<OpenedMedia> open(const FrameFacts& facts, ByteView wire, MutableBytes out,
                           Time now) override;

 private:
  Result<RatchetKey> make_key(KeyKind kind, ByteView material) const;
  RatchetKey* find(std::uint32_t index);
  Result<Iv> next_iv(const FrameFacts& facts);
  Result<std::size_t> open_with(RatchetKey& key, ByteView wire, std::size_t clear, bool escaped,
                                const Trailer& trailer, MutableBytes out, Time now);

  TrailerFormat format_;
  std::array<std::optional<RatchetKey>, kKeys> keys_;
  std::optional<std::uint32_t> sealing_;
  IvWindow seen_;
  TrialBudget trials_;
  std::uint32_t drawn_ssrc_;
  std::uint32_t first_count_;
  std::uint64_t sealed_ = 0;
};

}  // namespace sotto
