// Opaque bytes (an endpoint's state, say) sealed for everybody who holds the link.
//
//   sealed = 24 random bytes of nonce || XChaCha20-Poly1305(message key, nonce, plain, AAD)
//   AAD    = profile version || endpoint id (its 16 bytes)
//
// Because the endpoint's id is authenticated, a bridge cannot give one's words out as another's.
// It can repeat older words of the same endpoint: whoever minds must put a sequence number inside.
#pragma once

#include <cstddef>
#include <memory>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "crypto/aead.h"
#include "crypto/secret.h"

namespace sotto {

class MessageSealer {
 public:
  static constexpr std::size_t kNonceSize = 24;
  static constexpr std::size_t kOverhead = kNonceSize + 16;
  static constexpr std::size_t kMaxEndpointSize = 255;

  explicit MessageSealer(const Secret<32>& message_key);

  // Returns plain.size() + kOverhead, the bytes written. `endpoint` is whose message it is;
  // `random` must be cryptographically strong. `plain` and `out` must not overlap.
  Result<std::size_t> seal(ByteView endpoint, ByteView plain, RandomSource& random,
                           MutableBytes out);

  // Returns the size of the plain bytes in `out`, which must hold sealed.size() - kOverhead bytes.
  // kTruncated below kOverhead, kUnauthenticated for everything else that is not right.
  Result<std::size_t> open(ByteView endpoint, ByteView sealed, MutableBytes out);

 private:
  std::unique_ptr<Aead> aead_;
};

}  // namespace sotto
