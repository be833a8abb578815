// AES-CTR with HMAC, encrypt then authenticate (RFC 9605 section 4.5.1):
//
//   key = enc_key (16 or 32) || auth_key (32 or 64)       AES-128 with SHA-256, AES-256 with
//   SHA-512 initial counter block = nonce (12) || 00 00 00 00 tag = first Nt bytes of
//   HMAC(auth_key, u64 |aad| || u64 |ct| || u64 Nt || nonce || aad || ct)
#include "base/byte_writer.h"
#include "crypto/aead_sizes.h"
#include "crypto/aes.h"
#include "crypto/aes_ctr.h"
#include "crypto/constant_time.h"
#include "crypto/keyed_hmac.h"
#include "crypto/secret.h"

namespace sotto {
namespace {

class AesCtrHmac : public Aead {
 public:
  AesCtrHmac(AeadSizes sizes, Hash hash, std::unique_ptr<AesCtr> aes,
             std::unique_ptr<KeyedHmac> hmac)
      : sizes_(sizes), mac_size_(hash_size(hash)), aes_(std::move(aes)), hmac_(std::move(hmac)) {}

  Result<void> seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    TRY_VOID(check_buffers(sizes_, nonce, plain.size(), sealed.size()));
    MutableBytes ciphertext = sealed.first(plain.size());
    TRY_VOID(aes_->apply(nonce.first<12>(), plain, ciphertext));
    Secret<kMaxHashSize> mac;
    authenticate(nonce, aad, ciphertext, mac);
    std::memcpy(sealed.last(sizes_.tag).data(), mac.view().data(), sizes_.tag);
    return {};
  }

  Result<void> open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) override {
    TRY_VOID(check_buffers(sizes_, nonce, plain.size(), sealed.size()));
    ByteView ciphertext = sealed.first(plain.size());
    Secret<kMaxHashSize> mac;
    authenticate(nonce, aad, ciphertext, mac);
    if (!equal_constant_time(ByteView(mac.view()).first(sizes_.tag), sealed.last(sizes_.tag))) {
      return fail(Error::kUnauthenticated);
    }
    return aes_->apply(nonce.first<12>(), ciphertext, plain);
  }

 private:
  void authenticate(ByteView nonce, ByteView aad, ByteView ciphertext, Secret<kMaxHashSize>& mac) {
    std::uint8_t lengths[24];
    ByteWriter writer(lengths);
    writer.u64(aad.size());
    writer.u64(ciphertext.size());
    writer.u64(sizes_.tag);
    hmac_->compute({lengths, nonce, aad, ciphertext},
                   MutableBytes(mac.writable()).first(mac_size_));
  }

  AeadSizes sizes_;
  std::size_t mac_size_;
  std::unique_ptr<AesCtr> aes_;
  std::unique_ptr<KeyedHmac> hmac_;
};

}  // namespace

Result<std::unique_ptr<Aead>> make_aes_ctr_hmac(AeadAlgorithm algorithm, ByteView key) {
  const AeadSizes expected = sizes(algorithm);
  if (key.size() != expected.key) return fail(Error::kInvalidArgument);
  const Hash hash = key.size() == 16 + 32 ? Hash::kSha256 : Hash::kSha512;
  TRY(auto hmac, make_keyed_hmac(hash, key.last(hash_size(hash))));
  TRY(auto aes, make_aes_ctr(key.first(key.size() - hash_size(hash))));
  return std::unique_ptr<Aead>(
      std::make_unique<AesCtrHmac>(expected, hash, std::move(aes), std::move(hmac)));
}

}  // namespace sotto
