// One AEAD of two implementations, by the size of the message: the one for the small costs less to
// begin with, the one for the large less a byte.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

#include "crypto/aead.h"

namespace sotto {

class FasterOfTwo : public Aead {
 public:
  // `large` from this size on, tag included.
  FasterOfTwo(std::unique_ptr<Aead> small, std::unique_ptr<Aead> large, std::size_t large_from)
      : small_(std::move(small)), large_(std::move(large)), large_from_(large_from) {}

  Result<void> seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    return for_size(sealed.size()).seal(nonce, aad, plain, sealed);
  }
  Result<void> seal_parts(ByteView nonce, ByteView aad, ByteView first, ByteView rest,
                          MutableBytes sealed) override {
    return for_size(sealed.size()).seal_parts(nonce, aad, first, rest, sealed);
  }
  Result<void> open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) override {
    return for_size(sealed.size()).open(nonce, aad, sealed, plain);
  }

 private:
  Aead& for_size(std::size_t size) { return size < large_from_ ? *small_ : *large_; }

  std::unique_ptr<Aead> small_, large_;
  std::size_t large_from_;
};

}  // namespace sotto
