// From a base_key to the key and salt of one KID (RFC 9605 section 4.4.2):
//
//   sframe_secret = HKDF-Extract("", base_key)
//   sframe_key    = HKDF-Expand(sframe_secret, "SFrame 1.0 Secret key "  || u64 KID || u16 suite,
//   Nk) sframe_salt   = HKDF-Expand(sframe_secret, "SFrame 1.0 Secret salt " || u64 KID || u16
//   suite, Nn)
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secret.h"
#include "sframe/cipher_suite.h"

namespace sotto {

struct KeySchedule {
  Secret<kMaxNk> sframe_key;  // the first `nk` bytes
  Secret<kNn> sframe_salt;
  std::size_t nk = 0;

  ByteView key() const { return ByteView(sframe_key.view()).first(nk); }
  ByteView salt() const { return sframe_salt.view(); }
};

// kInvalidArgument for an empty base key, kUnsupported for an unknown suite.
Result<KeySchedule> derive_key_schedule(CipherSuite suite, std::uint64_t kid, ByteView base_key);

}  // namespace sotto
