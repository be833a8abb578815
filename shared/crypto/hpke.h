// HPKE (RFC 9180), base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, and ChaCha20-Poly1305 or
// AES-128-GCM.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "crypto/aead.h"
#include "crypto/hpke_kem.h"
#include "crypto/secret.h"

namespace sotto {

inline constexpr std::size_t kHpkeNt = 16;  // the tag of both AEADs

// What a setup takes of `info`, which whoever seals to many under the same one hashes once.
class HpkeInfo {
 public:
  // kUnsupported for an AEAD other than the two.
  static Result<HpkeInfo> create(AeadAlgorithm aead, ByteView info);

 private:
  friend class HpkeContext;
  using SuiteId = std::array<std::uint8_t, 10>;

  AeadAlgorithm aead_{};
  SuiteId suite_id_{};
  std::array<std::uint8_t, 1 + 32 + 32> key_schedule_context_{};  // mode, psk_id_hash, info_hash
};

// What both sides hold after the setup (section 5): one key, a sequence number, an exporter. The
// sender only seals, the receiver only opens.
class HpkeContext {
 public:
  // KeySchedule (section 5.1) in base mode. kUnsupported for an AEAD that this build does not have.
  static Result<HpkeContext> create(const HpkeInfo& info, const Secret<32>& shared_secret);

  // `sealed` is plain.size() + kHpkeNt. kExhausted after 2^64 - 1 messages.
  Result<void> seal(ByteView aad, ByteView plain, MutableBytes sealed);
  // `plain` is sealed.size() - kHpkeNt. On kUnauthenticated the sequence number stays.
  Result<void> open(ByteView aad, ByteView sealed, MutableBytes plain);
  // Section 5.3. kInvalidArgument over 8,160 bytes.
  Result<void> export_secret(ByteView exporter_context, MutableBytes out) const;

 private:
  using SuiteId = HpkeInfo::SuiteId;

  HpkeContext(SuiteId suite_id, std::unique_ptr<Aead> aead)
      : suite_id_(suite_id), aead_(std::move(aead)) {}
  Secret<12> nonce() const;

  SuiteId suite_id_;
  std::unique_ptr<Aead> aead_;
  Secret<12> base_nonce_;
  Secret<32> exporter_secret_;
  std::uint64_t sequence_ = 0;
};

struct HpkeSender {
  HpkeEnc enc;
  HpkeContext context;
};

// SetupBaseS. kMalformed for a public key of another size or of small order; kUnsupported as above.
Result<HpkeSender> hpke_setup_sender(AeadAlgorithm aead, ByteView public_key, ByteView info,
                                     RandomSource& random);
Result<HpkeSender> hpke_setup_sender(const HpkeInfo& info, ByteView public_key,
                                     RandomSource& random);

// SetupBaseR. kUnauthenticated for an `enc` that no honest sender makes.
Result<HpkeContext> hpke_setup_receiver(AeadAlgorithm aead, ByteView enc,
                                        const HpkeKeyPair& key_pair, ByteView info);

}  // namespace sotto
