#include "crypto/chacha20_poly1305.h"

#include <sodium.h>

#include "crypto/aead_sizes.h"
#include "crypto/secret.h"

namespace sotto {
namespace {

// The two differ in nothing but libsodium's function names.
template <AeadAlgorithm kAlgorithm, auto kEncrypt, auto kDecrypt>
class ChaCha20Poly1305 : public Aead {
 public:
  explicit ChaCha20Poly1305(std::span<const std::uint8_t, 32> key) : key_(key) {}

  Result<void> seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    TRY_VOID(check_buffers(sizes(kAlgorithm), nonce, plain.size(), sealed.size()));
    kEncrypt(sealed.data(), nullptr, plain.data(), plain.size(), aad.data(), aad.size(), nullptr,
             nonce.data(), key_.view().data());
    return {};
  }

  // libsodium verifies before it decrypts.
  Result<void> open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) override {
    TRY_VOID(check_buffers(sizes(kAlgorithm), nonce, plain.size(), sealed.size()));
    // With a null output libsodium would only verify, which is all there is to do for no bytes.
    if (kDecrypt(plain.data(), nullptr, nullptr, sealed.data(), sealed.size(), aad.data(),
                 aad.size(), nonce.data(), key_.view().data()) != 0) {
      return fail(Error::kUnauthenticated);
    }
    return {};
  }

 private:
  Secret<32> key_;
};

using Ietf =
    ChaCha20Poly1305<AeadAlgorithm::kChaCha20Poly1305, crypto_aead_chacha20poly1305_ietf_encrypt,
                     crypto_aead_chacha20poly1305_ietf_decrypt>;
using Extended =
    ChaCha20Poly1305<AeadAlgorithm::kXChaCha20Poly1305, crypto_aead_xchacha20poly1305_ietf_encrypt,
                     crypto_aead_xchacha20poly1305_ietf_decrypt>;

template <typename T>
Result<std::unique_ptr<Aead>> make(ByteView key) {
  if (key.size() != 32) return fail(Error::kInvalidArgument);
  return std::unique_ptr<Aead>(std::make_unique<T>(key.first<32>()));
}

}  // namespace

Result<std::unique_ptr<Aead>> make_chacha20_poly1305(ByteView key) {
  return make<Ietf>(key);
}

Result<std::unique_ptr<Aead>> make_xchacha20_poly1305(ByteView key) {
  return make<Extended>(key);
}

}  // namespace sotto
