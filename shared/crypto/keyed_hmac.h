// HMAC (RFC 2104) under one key for many messages: the key's two blocks are hashed once. Allocates
// nothing a message.
#pragma once

#include <initializer_list>
#include <memory>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/hkdf.h"

namespace sotto {

class KeyedHmac {
 public:
  virtual ~KeyedHmac() = default;

  // `mac` is hash_size(hash) bytes; the message is the parts one after the other.
  virtual void compute(std::initializer_list<ByteView> message, MutableBytes mac) = 0;
};

// kInvalidArgument for a key that is longer than a block of the hash (64 or 128 bytes) or empty.
Result<std::unique_ptr<KeyedHmac>> make_keyed_hmac(Hash hash, ByteView key);

}  // namespace sotto
