#include "crypto/sodium_aes_gcm.h"

#include <sodium.h>

#include "crypto/aead_sizes.h"
#include "crypto/secret.h"

namespace sotto {
namespace {

constexpr AeadAlgorithm kAlgorithm = AeadAlgorithm::kAes256Gcm;

class SodiumAes256Gcm : public Aead {
 public:
  explicit SodiumAes256Gcm(std::span<const std::uint8_t, 32> key) {
    crypto_aead_aes256gcm_beforenm(&expanded_, key.data());
  }
  ~SodiumAes256Gcm() override { sodium_memzero(&expanded_, sizeof expanded_); }
  SodiumAes256Gcm(const SodiumAes256Gcm&) = delete;
  SodiumAes256Gcm& operator=(const SodiumAes256Gcm&) = delete;

  Result<void> seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    TRY_VOID(check_buffers(sizes(kAlgorithm), nonce, plain.size(), sealed.size()));
    crypto_aead_aes256gcm_encrypt_afternm(sealed.data(), nullptr, plain.data(), plain.size(),
                                          aad.data(), aad.size(), nullptr, nonce.data(),
                                          &expanded_);
    return {};
  }

  Result<void> open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) override {
    TRY_VOID(check_buffers(sizes(kAlgorithm), nonce, plain.size(), sealed.size()));
    if (crypto_aead_aes256gcm_decrypt_afternm(plain.data(), nullptr, nullptr, sealed.data(),
                                              sealed.size(), aad.data(), aad.size(), nonce.data(),
                                              &expanded_) != 0) {
      wipe(plain);
      return fail(Error::kUnauthenticated);
    }
    return {};
  }

 private:
  crypto_aead_aes256gcm_state expanded_;
};

}  // namespace

Result<std::unique_ptr<Aead>> make_sodium_aes_256_gcm(ByteView key) {
  if (key.size() != 32) return fail(Error::kInvalidArgument);
  if (crypto_aead_aes256gcm_is_available() == 0) return fail(Error::kUnsupported);
  return std::unique_ptr<Aead>(std::make_unique<SodiumAes256Gcm>(key.first<32>()));
}

}  // namespace sotto
