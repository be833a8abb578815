// One sender's ratchet of one kind (RFC 9420 section 9.1): from a secret to the keys and nonces of
// its generations, each of which is handed out once.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "crypto/secret.h"
#include "mls/keys/key_and_nonce.h"
#include "mls/wire/reader.h"
#include "mls/wire/writer.h"

namespace sotto::mls {

struct RatchetLimits {
  std::uint32_t max_ahead = 1000;  // generations that one message may skip
  std::size_t max_skipped = 64;    // of those, how many keys are kept for messages that come late
};

struct SkippedKey {
  std::uint32_t generation;
  KeyAndNonce key_and_nonce;
};

class HashRatchet {
 public:
  explicit HashRatchet(Secret<kNh> ratchet_secret) : secret_(std::move(ratchet_secret)) {}

  // What using one generation would change.
  struct Step {
    KeyAndNonce key_and_nonce;
    std::uint32_t generation;
    bool was_skipped;                 // the key is one of those kept
    Secret<kNh> next_secret;          // otherwise: where the ratchet goes on
    std::vector<SkippedKey> skipped;  // and what it keeps of what lies between, oldest first
  };

  // kReplayed for a generation that was used or whose key is no longer kept, kTooLarge for one too
  // far ahead.
  Result<Step> peek(Suite suite, std::uint32_t generation, const RatchetLimits& limits) const;

  // Makes the step, which must come from this ratchet as it is now; wipes what it consumes.
  void take(Step& step, const RatchetLimits& limits);

  // The first generation never handed out: 2^32 when all have been.
  std::uint64_t next_generation() const { return next_generation_; }
  std::size_t skipped() const { return skipped_.size(); }

  // For a native endpoint that stores its state: secrets in the clear.
  void save(Writer& out) const;
  static HashRatchet restore(Reader& in, Suite suite);

 private:
  Secret<kNh> secret_;  // of next_generation_
  std::uint64_t next_generation_ = 0;
  std::vector<SkippedKey> skipped_;  // oldest first
};

}  // namespace sotto::mls
