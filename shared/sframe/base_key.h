// A base_key (RFC 9605 section 4.4.2) of any size up to a hash's, as an application hands it out or
// a ratchet makes it. Wiped when it dies.
#pragma once

#include <cstddef>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/hkdf.h"
#include "crypto/secret.h"

namespace sotto {

class BaseKey {
 public:
  static constexpr std::size_t kMaxSize = kMaxHashSize;

  // kInvalidArgument when it is empty or longer than kMaxSize.
  static Result<BaseKey> from(ByteView bytes) {
    if (bytes.empty() || bytes.size() > kMaxSize) return fail(Error::kInvalidArgument);
    BaseKey key(bytes.size());
    std::memcpy(key.writable().data(), bytes.data(), bytes.size());
    return key;
  }

  // Zeros, for a derivation to fill; `size` is at most kMaxSize.
  explicit BaseKey(std::size_t size) : size_(size) {}

  ByteView view() const { return ByteView(bytes_.view()).first(size_); }
  MutableBytes writable() { return MutableBytes(bytes_.writable()).first(size_); }

  // The same key twice, where a ratchet needs the old one and the new one.
  BaseKey copy() const {
    BaseKey other(size_);
    std::memcpy(other.writable().data(), view().data(), size_);
    return other;
  }

 private:
  Secret<kMaxSize> bytes_;
  std::size_t size_;
};

}  // namespace sotto
