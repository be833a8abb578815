// Owner of a BearSSL AES key schedule (bitsliced, constant-time); wiped when it dies.
#pragma once

#include <bearssl_block.h>

#include <cstring>

#include "base/bytes.h"
#include "crypto/secret.h"

namespace sotto {

class BearSslAes {
 public:
  // `key` is 16 or 32 bytes.
  explicit BearSslAes(ByteView key) { br_aes_ct64_ctr_init(&keys_, key.data(), key.size()); }
  ~BearSslAes() { wipe({reinterpret_cast<std::uint8_t*>(&keys_), sizeof keys_}); }
  BearSslAes(const BearSslAes&) = delete;
  BearSslAes& operator=(const BearSslAes&) = delete;

  // In place: data XOR the keystream whose first block is E(nonce || u32 counter).
  void apply(std::span<const std::uint8_t, 12> nonce, std::uint32_t counter,
             MutableBytes data) const {
    br_aes_ct64_ctr_run(&keys_, nonce.data(), counter, data.data(), data.size());
  }

  // The same from `in` to `out`, of one size, which are one place or do not overlap.
  void apply(std::span<const std::uint8_t, 12> nonce, std::uint32_t counter, ByteView in,
             MutableBytes out) const {
    if (!in.empty()) std::memmove(out.data(), in.data(), in.size());
    apply(nonce, counter, out);
  }

 private:
  br_aes_ct64_ctr_keys keys_;
};

}  // namespace sotto
