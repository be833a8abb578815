// One KID's key at work: encryption and decryption of a (KID, CTR) pair (RFC 9605 section 4.4).
// It neither chooses a CTR nor remembers one: see encryptor.h and decryptor.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/aead.h"
#include "crypto/secret.h"
#include "sframe/cipher_suite.h"
#include "sframe/header.h"

namespace sotto {

class Context {
 public:
  // Longer metadata is refused with kTooLarge (the AAD is put together on the stack).
  static constexpr std::size_t kMaxMetadataSize = 256;

  static Result<Context> create(CipherSuite suite, std::uint64_t kid, ByteView base_key);

  // Writes header, ciphertext and tag, and returns their size. `plain` may lie exactly where its
  // ciphertext will (behind the header), else must not overlap `out`.
  Result<std::size_t> encrypt(std::uint64_t ctr, ByteView metadata, ByteView plain,
                              MutableBytes out);

  // The same for first || rest. Neither may overlap `out`, but `first` may lie where its ciphertext
  // will.
  Result<std::size_t> encrypt_parts(std::uint64_t ctr, ByteView metadata, ByteView first,
                                    ByteView rest, MutableBytes out);

  // `sframe` is the whole ciphertext, whose first `header_size` bytes decoded to `header`.
  // Returns the size of the plain bytes in `out`, which may begin where the encrypted bytes do.
  Result<std::size_t> decrypt(const Header& header, std::size_t header_size, ByteView metadata,
                              ByteView sframe, MutableBytes out);

  std::uint64_t kid() const { return kid_; }
  std::size_t tag_size() const { return tag_size_; }

 private:
  Context(std::uint64_t kid, std::size_t tag_size, std::unique_ptr<Aead>&& aead,
          Secret<kNn>&& salt);

  std::uint64_t kid_;
  std::size_t tag_size_;
  std::unique_ptr<Aead> aead_;
  Secret<kNn> salt_;
};

}  // namespace sotto
