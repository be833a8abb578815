// The secret tree of one epoch (RFC 9420 section 9): every member's ratchets, derived when they are
// first needed. Whatever a used key came from is deleted with it (section 9.2).
//
// Receiving takes two steps, so that a message that turns out to be none leaves everything as it
// was: peek a key, open and verify the message, and only then consume.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/result.h"
#include "crypto/secret.h"
#include "mls/keys/hash_ratchet.h"
#include "mls/keys/key_and_nonce.h"
#include "mls/keys/suite.h"
#include "mls/wire/types.h"

namespace sotto::mls {

enum class RatchetType : std::uint8_t { kHandshake, kApplication };

class SecretTree {
 public:
  // `leaf_count` as of the ratchet tree; rounded up to a power of two, which that always is.
  SecretTree(Suite suite, Secret<kNh> encryption_secret, std::uint32_t leaf_count,
             RatchetLimits limits = {});

  struct SendingKey {
    std::uint32_t generation;
    KeyAndNonce key_and_nonce;
  };

  // The next key of one's own ratchet, already consumed. kNotFound for a leaf outside the tree,
  // kExhausted after 2^32.
  Result<SendingKey> next(LeafIndex own, RatchetType type);

  // A key to try on a message, and what its use will change.
  class PeekedKey;

  // kNotFound for a leaf outside the tree, kReplayed for a generation that was used before or whose
  // key is no longer kept, kTooLarge for one too far ahead.
  Result<PeekedKey> peek(LeafIndex sender, RatchetType type, std::uint32_t generation) const;

  // After the message has been authenticated. kReplayed when the same key has been consumed since.
  Result<void> consume(PeekedKey peeked);

  // For a native endpoint that stores its state: secrets in the clear. What is restored fails to
  // read on, or is as it was.
  void save(Writer& out) const;
  static SecretTree restore(Reader& in, Suite suite, RatchetLimits limits);

 private:
  // A leaf's two ratchets.
  struct Ratchets {
    HashRatchet handshake;
    HashRatchet application;

    HashRatchet& of(RatchetType type) {
      return type == RatchetType::kHandshake ? handshake : application;
    }
    const HashRatchet& of(RatchetType type) const {
      return type == RatchetType::kHandshake ? handshake : application;
    }
  };
  // A subtree's root: its height, and the leaves' indices without that many low bits.
  using Subtree = std::pair<std::uint32_t, std::uint32_t>;
  // The ratchets of a leaf that had none yet, and the secrets of the subtrees beside its path.
  struct Descent {
    Ratchets ratchets;
    std::vector<std::pair<Subtree, Secret<kNh>>> beside;
  };

  Result<Descent> descend(std::uint32_t leaf) const;
  void adopt(std::uint32_t leaf, Descent descent);

  Suite suite_;
  RatchetLimits limits_;
  std::uint32_t height_;
  std::uint64_t revision_ = 0;               // counts consumptions
  std::map<Subtree, Secret<kNh>> subtrees_;  // those of which no leaf has ratchets yet
  std::map<std::uint32_t, Ratchets> leaves_;
};

// Wiped when it dies.
class SecretTree::PeekedKey {
 public:
  KeyAndNonce& key_and_nonce() { return step_.key_and_nonce; }
  const KeyAndNonce& key_and_nonce() const { return step_.key_and_nonce; }

 private:
  friend class SecretTree;
  explicit PeekedKey(HashRatchet::Step step) : step_(std::move(step)) {}

  HashRatchet::Step step_;
  std::uint32_t leaf_ = 0;
  RatchetType type_ = RatchetType::kApplication;
  std::uint64_t revision_ = 0;  // the tree's, when this was peeked
  std::optional<Descent> descent_;
};

}  // namespace sotto::mls
