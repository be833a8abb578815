#include "crypto/hkdf.h"

#include <algorithm>

#include "crypto/hmac_sha256.h"
#include "crypto/hmac_sha512.h"

namespace sotto {

Result<void> hmac(Hash hash, ByteView key, std::initializer_list<ByteView> message,
                  MutableBytes mac) {
  if (mac.size() != hash_size(hash)) return fail(Error::kInvalidArgument);
  if (hash == Hash::kSha512) return hmac_sha512(key, message, mac);
  HmacSha256 sha256(key);
  for (ByteView part : message) sha256.update(part);
  sha256.finish(mac.first<Sha256::kSize>());
  return {};
}

Result<void> hkdf_extract(Hash hash, ByteView salt, ByteView input_key, MutableBytes prk) {
  return hmac(hash, salt, {input_key}, prk);
}

// T(n) = HMAC(prk, T(n - 1) || info || n), the output is T(1) || T(2) ...
Result<void> hkdf_expand(Hash hash, ByteView prk, ByteView info, MutableBytes out) {
  const std::size_t size = hash_size(hash);
  if (out.size() > 255 * size) return fail(Error::kInvalidArgument);
  Secret<kMaxHashSize> block;
  MutableBytes t = MutableBytes(block.writable()).first(size);
  ByteView previous;
  for (std::uint8_t n = 1; !out.empty(); ++n) {
    TRY_VOID(hmac(hash, prk, {previous, info, ByteView(&n, 1)}, t));
    const std::size_t part = std::min(size, out.size());
    std::memcpy(out.data(), t.data(), part);
    out = out.subspan(part);
    previous = t;
  }
  return {};
}

}  // namespace sotto
