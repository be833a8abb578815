#include "crypto/hpke.h"

#include "crypto/hpke_labeled.h"

namespace sotto {
namespace {

constexpr std::uint16_t kKem = 0x0020, kKdf = 0x0001;
constexpr std::uint8_t kModeBase = 0;

Result<std::uint16_t> aead_id(AeadAlgorithm aead) {
  if (aead == AeadAlgorithm::kAes128Gcm) return std::uint16_t{0x0001};
  if (aead == AeadAlgorithm::kChaCha20Poly1305) return std::uint16_t{0x0003};
  return fail(Error::kUnsupported);
}

}  // namespace

Result<HpkeInfo> HpkeInfo::create(AeadAlgorithm aead, ByteView info) {
  TRY(const std::uint16_t id, aead_id(aead));
  HpkeInfo made;
  made.aead_ = aead;
  made.suite_id_ = {'H',
                    'P',
                    'K',
                    'E',
                    kKem >> 8,
                    kKem & 0xff,
                    kKdf >> 8,
                    kKdf & 0xff,
                    static_cast<std::uint8_t>(id >> 8),
                    static_cast<std::uint8_t>(id)};
  const Secret<32> psk_id_hash = hpke_labeled_extract(made.suite_id_, {}, "psk_id_hash", {});
  const Secret<32> info_hash = hpke_labeled_extract(made.suite_id_, {}, "info_hash", info);
  std::uint8_t* context = made.key_schedule_context_.data();
  context[0] = kModeBase;
  std::memcpy(context + 1, psk_id_hash.view().data(), 32);
  std::memcpy(context + 33, info_hash.view().data(), 32);
  return made;
}

Result<HpkeContext> HpkeContext::create(const HpkeInfo& info, const Secret<32>& shared_secret) {
  const SuiteId& suite_id = info.suite_id_;
  const ByteView context = info.key_schedule_context_;
  const AeadAlgorithm algorithm = info.aead_;
  const Secret<32> secret = hpke_labeled_extract(suite_id, shared_secret.view(), "secret", {});
  Secret<32> key_bytes;
  const MutableBytes key = MutableBytes(key_bytes.writable()).first(sizes(algorithm).key);
  TRY_VOID(hpke_labeled_expand(suite_id, secret.view(), "key", context, key));
  TRY(auto&& cipher, make_aead(algorithm, key));
  HpkeContext made(suite_id, std::move(cipher));
  TRY_VOID(hpke_labeled_expand(suite_id, secret.view(), "base_nonce", context,
                               made.base_nonce_.writable()));
  TRY_VOID(hpke_labeled_expand(suite_id, secret.view(), "exp", context,
                               made.exporter_secret_.writable()));
  return made;
}

// ComputeNonce (section 5.2).
Secret<12> HpkeContext::nonce() const {
  Secret<12> nonce(base_nonce_.view());
  std::uint64_t sequence = sequence_;
  for (std::size_t i = 12; i-- > 4; sequence >>= 8) {
    nonce.writable()[i] ^= static_cast<std::uint8_t>(sequence & 0xff);
  }
  return nonce;
}

Result<void> HpkeContext::seal(ByteView aad, ByteView plain, MutableBytes sealed) {
  if (sequence_ == ~std::uint64_t{0}) return fail(Error::kExhausted);
  TRY_VOID(aead_->seal(nonce().view(), aad, plain, sealed));
  ++sequence_;
  return {};
}

Result<void> HpkeContext::open(ByteView aad, ByteView sealed, MutableBytes plain) {
  if (sequence_ == ~std::uint64_t{0}) return fail(Error::kExhausted);
  if (sealed.size() < kHpkeNt) return fail(Error::kUnauthenticated);
  TRY_VOID(aead_->open(nonce().view(), aad, sealed, plain));
  ++sequence_;
  return {};
}

Result<void> HpkeContext::export_secret(ByteView exporter_context, MutableBytes out) const {
  return hpke_labeled_expand(suite_id_, exporter_secret_.view(), "sec", exporter_context, out);
}

Result<HpkeSender> hpke_setup_sender(AeadAlgorithm aead, ByteView public_key, ByteView info,
                                     RandomSource& random) {
  TRY(const HpkeInfo& prepared, HpkeInfo::create(aead, info));
  return hpke_setup_sender(prepared, public_key, random);
}

Result<HpkeSender> hpke_setup_sender(const HpkeInfo& info, ByteView public_key,
                                     RandomSource& random) {
  TRY(const HpkeEncapsulated& encapsulated, hpke_encap(public_key, random));
  TRY(HpkeContext && context, HpkeContext::create(info, encapsulated.shared_secret));
  return HpkeSender{encapsulated.enc, std::move(context)};
}

Result<HpkeContext> hpke_setup_receiver(AeadAlgorithm aead, ByteView enc,
                                        const HpkeKeyPair& key_pair, ByteView info) {
  const auto shared_secret = hpke_decap(enc, key_pair);
  if (!shared_secret) return fail(Error::kUnauthenticated);
  TRY(const HpkeInfo& prepared, HpkeInfo::create(aead, info));
  return HpkeContext::create(prepared, *shared_secret);
}

}  // namespace sotto
