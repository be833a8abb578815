#include "crypto/pbkdf2.h"

#include <algorithm>

#include "crypto/hmac_sha256.h"
#include "crypto/secret.h"

namespace sotto {
namespace {

constexpr std::size_t kBlock = Sha256::kSize;
constexpr std::size_t kMaxSize = 255 * kBlock;

// `mac` may be one of the parts. The two blocks of padded key are hashed once and their state is
// copied, which halves the work.
void compute(HmacSha256 keyed, ByteView first, ByteView second, Secret<kBlock>& mac) {
  keyed.update(first);
  keyed.update(second);
  keyed.finish(mac.writable());
}

}  // namespace

// T(n) = U(1) xor U(2) ..., U(1) = HMAC(passphrase, salt || u32 n), U(i) = HMAC(passphrase, U(i -
// 1))
Result<void> pbkdf2_sha256(ByteView passphrase, ByteView salt, std::uint32_t iterations,
                           MutableBytes out) {
  if (iterations == 0 || out.size() > kMaxSize) return fail(Error::kInvalidArgument);
  const HmacSha256 keyed(passphrase);
  Secret<kBlock> u;
  Secret<kBlock> t;
  for (std::uint8_t n = 1; !out.empty(); ++n) {
    const std::uint8_t number[4] = {0, 0, 0, n};
    compute(keyed, salt, number, u);
    std::memcpy(t.writable().data(), u.view().data(), kBlock);
    for (std::uint32_t i = 1; i < iterations; ++i) {
      compute(keyed, u.view(), {}, u);
      for (std::size_t at = 0; at < kBlock; ++at) t.writable()[at] ^= u.view()[at];
    }
    const std::size_t part = std::min(kBlock, out.size());
    std::memcpy(out.data(), t.view().data(), part);
    out = out.subspan(part);
  }
  return {};
}

}  // namespace sotto
