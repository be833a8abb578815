// A key and a nonce of the suite's AEAD, good for one message: of a ratchet, of sender data, of a
// Welcome.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secret.h"
#include "mls/bytes.h"
#include "mls/keys/suite.h"

namespace sotto::mls {

using ReuseGuard = std::array<std::uint8_t, 4>;

class KeyAndNonce {
 public:
  explicit KeyAndNonce(Suite suite) : suite_(suite) {}

  ByteView key() const { return ByteView(key_.view()).first(nk(suite_)); }
  ByteView nonce() const { return nonce_.view(); }
  MutableBytes writable_key() { return MutableBytes(key_.writable()).first(nk(suite_)); }
  MutableBytes writable_nonce() { return nonce_.writable(); }

  KeyAndNonce copy() const;

  // XORs the guard into the nonce's first four bytes (RFC 9420 section 6.3.1).
  void guard(const ReuseGuard& reuse_guard);

  // Ciphertext || tag.
  Result<Bytes> seal(ByteView aad, ByteView plain) const;
  // kUnauthenticated.
  Result<Bytes> open(ByteView aad, ByteView sealed) const;

 private:
  Suite suite_;
  Secret<kMaxNk> key_;
  Secret<kNn> nonce_;
};

// ExpandWithLabel(secret, "key", context, Nk) and "nonce" with Nn: sender data (section 6.3.2, the
// context being the sample) and Welcome (section 12.4.3.1, "" as the context).
KeyAndNonce derive_key_and_nonce(Suite suite, ByteView secret, ByteView context);

// Section 6.3.2; takes the sample, the first Nh bytes, from `ciphertext`.
KeyAndNonce sender_data_key(Suite suite, const Secret<kNh>& sender_data_secret,
                            ByteView ciphertext);

}  // namespace sotto::mls
