// One public key of an issuer, with the one algorithm that it is used with: what a token says of
// its algorithm never decides how its signature is checked (RFC 8725 section 3.1).
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "auth/algorithm.h"
#include "base/bytes.h"

struct _cjose_jwk_int;

namespace sotto::bridge::auth {

class Key {
 public:
  // Numbers in network order. Nothing unless the modulus has 2048 to 8192 bits and the exponent is
  // an odd number from 3 to 2^32.
  static std::optional<Key> rsa(Algorithm algorithm, ByteView modulus, ByteView exponent);
  // Nothing for a point that is not on the algorithm's curve.
  static std::optional<Key> ec(Algorithm algorithm, ByteView x, ByteView y);

  Algorithm algorithm() const { return algorithm_; }
  // Of a signature by this key.
  std::size_t signature_bytes() const { return signature_bytes_; }

  // Whether `token`, three parts of base64url, is signed by this key. The caller has seen that its
  // header says this key's algorithm.
  bool signed_token(std::string_view token) const;

 private:
  struct Release {
    void operator()(_cjose_jwk_int* jwk) const;
  };
  using Handle = std::unique_ptr<_cjose_jwk_int, Release>;

  Key(Algorithm algorithm, std::size_t signature_bytes, Handle jwk)
      : algorithm_(algorithm), signature_bytes_(signature_bytes), jwk_(std::move(jwk)) {}

  Algorithm algorithm_;
  std::size_t signature_bytes_;
  Handle jwk_;
};

}  // namespace sotto::bridge::auth
