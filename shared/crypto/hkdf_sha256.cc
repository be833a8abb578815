#include "crypto/hkdf_sha256.h"

#include <algorithm>

#include "crypto/hmac_sha256.h"

namespace sotto {

Secret<32> hkdf_sha256_extract(ByteView salt, std::initializer_list<ByteView> input_key) {
  HmacSha256 hmac(salt);
  for (ByteView part : input_key) hmac.update(part);
  Secret<32> prk;
  hmac.finish(prk.writable());
  return prk;
}

// T(n) = HMAC(prk, T(n - 1) || info || n), the output is T(1) || T(2) ...
Result<void> hkdf_sha256_expand(ByteView prk, std::initializer_list<ByteView> info,
                                MutableBytes out) {
  if (out.size() > kMaxHkdfSha256Size) return fail(Error::kInvalidArgument);
  const HmacSha256 keyed(prk);
  Secret<32> t;
  ByteView previous;
  for (std::uint8_t n = 1; !out.empty(); ++n) {
    HmacSha256 hmac = keyed;
    hmac.update(previous);
    for (ByteView part : info) hmac.update(part);
    hmac.update({&n, 1});
    hmac.finish(t.writable());
    previous = t.view();
    const std::size_t size = std::min(previous.size(), out.size());
    std::memcpy(out.data(), previous.data(), size);
    out = out.subspan(size);
  }
  return {};
}

}  // namespace sotto
