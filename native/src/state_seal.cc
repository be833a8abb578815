#include "state_seal.h"

#include <algorithm>
#include <string_view>

#include "crypto/aead.h"
#include "crypto/hkdf_sha256.h"

namespace sotto::abi {
namespace {

constexpr std::string_view kMagic = "SGS1";
constexpr std::string_view kLabel = "sotto group state 1";
constexpr std::size_t kNonceSize = 24;

Result<std::unique_ptr<Aead>> aead_of(ByteView key) {
  const Secret<32> prk = hkdf_sha256_extract({}, {key});
  Secret<32> expanded;
  TRY_VOID(hkdf_sha256_expand(prk.view(), {as_bytes(kLabel)}, expanded.writable()));
  return make_aead(AeadAlgorithm::kXChaCha20Poly1305, expanded.view());
}

}  // namespace

Result<void> seal_state(ByteView key, ByteView state, RandomSource& random, MutableBytes sealed) {
  TRY(const auto aead, aead_of(key));
  std::copy(kMagic.begin(), kMagic.end(), sealed.begin());
  const MutableBytes nonce = sealed.subspan(kMagic.size(), kNonceSize);
  random.fill(nonce);
  return aead->seal(nonce, as_bytes(kMagic), state, sealed.subspan(kMagic.size() + kNonceSize));
}

Result<mls::Bytes> open_state(ByteView key, ByteView sealed) {
  if (sealed.size() < kStateOverhead) return fail(Error::kTruncated);
  if (as_text(sealed.first(kMagic.size())) != kMagic) return fail(Error::kUnsupported);
  TRY(const auto aead, aead_of(key));
  mls::Bytes state(sealed.size() - kStateOverhead);
  TRY_VOID(aead->open(sealed.subspan(kMagic.size(), kNonceSize), as_bytes(kMagic),
                      sealed.subspan(kMagic.size() + kNonceSize), state));
  return state;
}

}  // namespace sotto::abi
