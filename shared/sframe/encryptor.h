// The sending half of one KID.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "sframe/context.h"
#include "sframe/ctr_allocator.h"

namespace sotto {

// Move-only, so that no two of them count the same KID.
class Encryptor {
 public:
  // `first_ctr` above 0 where counting goes on from another key's: no CTR comes twice all the same.
  static Result<Encryptor> create(CipherSuite suite, std::uint64_t kid, ByteView base_key,
                                  std::uint64_t first_ctr = 0);

  // Encrypts under the next CTR; see Context::encrypt. Every call uses up its CTR, also one that
  // fails, but for a lack of space in `out`.
  Result<std::size_t> encrypt(ByteView metadata, ByteView plain, MutableBytes out);

  // The same for first || rest; see Context::encrypt_parts.
  Result<std::size_t> encrypt_parts(ByteView metadata, ByteView first, ByteView rest,
                                    MutableBytes out);

  // Of the next ciphertext: where its plain bytes may lie beforehand.
  std::size_t next_header_size() const;
  std::size_t next_size(std::size_t plain_size) const;

  std::uint64_t kid() const { return context_.kid(); }
  std::uint64_t next_ctr() const { return ctr_.next(); }
  std::size_t tag_size() const { return context_.tag_size(); }

 private:
  Encryptor(Context context, std::uint64_t first_ctr)
      : context_(std::move(context)), ctr_(first_ctr) {}

  Context context_;
  CtrAllocator ctr_;
};

}  // namespace sotto
