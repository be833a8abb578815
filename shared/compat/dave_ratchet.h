// The keys of one sender in one DAVE epoch: a ratchet of generations, as MLS has for its messages
// (RFC 9420 section 9.1; labels are prefixed "MLS 1.0 " as in section 8):
//
//   key(g)        = ExpandWithLabel(secret(g), "key", BE32 g, 16)
//   secret(g + 1) = ExpandWithLabel(secret(g), "secret", BE32 g, 32)       secret(0): from the app
//
// A generation is the highest byte of the nonce, so there are 256. Anybody can send a frame that
// claims one: its key is computed at most once, and nothing is forgotten for it before it opened a
// frame.
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

class DaveRatchet {
 public:
  static constexpr std::size_t kBaseSecretSize = 16;
  static constexpr unsigned kGenerations = 256;
  static constexpr unsigned kMaxAhead = 250;
  static constexpr Duration kRetention = std::chrono::seconds(10);

  // kInvalidArgument for another size.
  static Result<DaveRatchet> create(ByteView base_secret);

  // The cipher of this generation; it stays valid until the next call. kExpired when the generation
  // has been forgotten; kTooLarge for one more than kMaxAhead above the newest in use.
  Result<Aead*> cipher(unsigned generation, Time now);

  // A frame of this generation was sealed or has opened: older ones are forgotten in 10 seconds.
  void used(unsigned generation, Time now);
  void expire(Time now);

 private:
  using Key = Secret<16>;
  struct Slot {
    unsigned generation = kGenerations;
    std::unique_ptr<Aead> aead;
  };

  DaveRatchet() = default;
  Result<void> reach(unsigned generation);

  std::array<std::optional<Key>, kGenerations> keys_;
  Secret<32> secret_;  // of generation reached_
  std::size_t secret_size_ = kBaseSecretSize;
  unsigned reached_ = 0;  // keys of lower generations are in keys_, unless forgotten
  unsigned newest_ = 0;   // in use
  unsigned oldest_ = 0;   // not forgotten
  Time forget_older_at_ = Time::max();
  Slot current_;  // of newest_, so that claims of other generations cost it nothing
  Slot other_;
};

}  // namespace sotto
