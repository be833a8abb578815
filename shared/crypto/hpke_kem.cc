#include "crypto/hpke_kem.h"

#include "crypto/hpke_labeled.h"

namespace sotto {
namespace {

constexpr std::uint8_t kSuiteId[] = {'K', 'E', 'M', 0x00, 0x20};

// ExtractAndExpand, with kem_context = enc || public key.
Secret<32> extract_and_expand(const Secret<kX25519KeySize>& dh, ByteView enc, ByteView public_key) {
  std::uint8_t kem_context[kHpkeNenc + kX25519KeySize];
  std::memcpy(kem_context, enc.data(), kHpkeNenc);
  std::memcpy(kem_context + kHpkeNenc, public_key.data(), kX25519KeySize);
  const Secret<32> eae_prk = hpke_labeled_extract(kSuiteId, {}, "eae_prk", dh.view());
  Secret<32> shared_secret;
  (void)hpke_labeled_expand(kSuiteId, eae_prk.view(), "shared_secret", kem_context,
                            shared_secret.writable());
  return shared_secret;
}

}  // namespace

HpkeKeyPair HpkeKeyPair::generate(RandomSource& random) {
  Secret<kX25519KeySize> private_key;
  random.fill(private_key.writable());
  return from_private_key(private_key.view());
}

HpkeKeyPair HpkeKeyPair::derive(ByteView input_key) {
  const Secret<32> dkp_prk = hpke_labeled_extract(kSuiteId, {}, "dkp_prk", input_key);
  Secret<kX25519KeySize> private_key;
  (void)hpke_labeled_expand(kSuiteId, dkp_prk.view(), "sk", {}, private_key.writable());
  return from_private_key(private_key.view());
}

HpkeKeyPair HpkeKeyPair::from_private_key(
    std::span<const std::uint8_t, kX25519KeySize> private_key) {
  return {Secret<kX25519KeySize>(private_key), x25519_public_key(private_key)};
}

HpkeKeyPair HpkeKeyPair::copy() const {
  return {Secret<kX25519KeySize>(private_key.view()), public_key};
}

Result<HpkeEncapsulated> hpke_encap(ByteView public_key, RandomSource& random) {
  if (public_key.size() != kX25519KeySize) return fail(Error::kMalformed);
  const HpkeKeyPair ephemeral = HpkeKeyPair::generate(random);
  TRY(auto&& dh, x25519(ephemeral.private_key.view(), public_key.first<kX25519KeySize>()));
  return HpkeEncapsulated{ephemeral.public_key,
                          extract_and_expand(dh, ephemeral.public_key, public_key)};
}

Result<Secret<32>> hpke_decap(ByteView enc, const HpkeKeyPair& key_pair) {
  if (enc.size() != kHpkeNenc) return fail(Error::kMalformed);
  TRY(auto&& dh, x25519(key_pair.private_key.view(), enc.first<kHpkeNenc>()));
  return extract_and_expand(dh, enc, key_pair.public_key);
}

}  // namespace sotto
