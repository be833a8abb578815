#include "crypto/hmac_sha512.h"

namespace sotto {

Result<void> hmac_sha512(ByteView, std::initializer_list<ByteView>, MutableBytes) {
  return fail(Error::kUnsupported);
}

}  // namespace sotto
