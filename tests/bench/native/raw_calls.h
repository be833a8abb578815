// The libraries' own calls, as an application that cares for speed would use them: contexts and
// keys kept, buffers given. What our frames are compared with.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "sframe/cipher_suite.h"

namespace sotto::bench {

class RawCalls {
 public:
  virtual ~RawCalls() = default;
  virtual std::string name() const = 0;
  // `sealed` has room for the tag behind the ciphertext.
  virtual void seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) = 0;
  virtual bool open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) = 0;
};

// All that the libraries have for a suite.
std::vector<std::unique_ptr<RawCalls>> raw_calls(CipherSuite suite);

}  // namespace sotto::bench
