#include "crypto/hmac_sha256.h"

namespace sotto {

// A key longer than a block stands in as its hash.
CompactHmacSha256::CompactHmacSha256(ByteView key) {
  Secret<Sha256::kBlock> padded;
  if (key.size() > Sha256::kBlock) {
    Sha256 hash;
    hash.update(key);
    hash.finish(padded.writable().first<Sha256::kSize>());
  } else if (!key.empty()) {
    std::memcpy(padded.writable().data(), key.data(), key.size());
  }
  for (std::uint8_t& byte : padded.writable()) byte ^= 0x36;
  inner_.update(padded.view());
  for (std::uint8_t& byte : padded.writable()) byte ^= 0x36 ^ 0x5c;
  outer_.update(padded.view());
}

void CompactHmacSha256::finish(std::span<std::uint8_t, Sha256::kSize> mac) {
  Secret<Sha256::kSize> digest;
  inner_.finish(digest.writable());
  outer_.update(digest.view());
  outer_.finish(mac);
}

}  // namespace sotto
