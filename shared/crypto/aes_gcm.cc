// AES-GCM (NIST SP 800-38D) with nonces of 12 bytes and tags of 16 or 8. One context a direction,
// kept, so that a frame costs no key expansion and no allocation.
#include "crypto/aead_sizes.h"
#include "crypto/aes.h"
#include "crypto/cipher_context.h"
#include "crypto/secret.h"

namespace sotto {
namespace {

class AesGcm : public Aead {
 public:
  AesGcm(AeadSizes sizes, CipherContext sealing, CipherContext opening)
      : sizes_(sizes), sealing_(std::move(sealing)), opening_(std::move(opening)) {}

  Result<void> seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    TRY_VOID(check_buffers(sizes_, nonce, plain.size(), sealed.size()));
    EVP_CIPHER_CTX* context = sealing_.get();
    int written = 0;
    const bool ok =
        EVP_EncryptInit_ex(context, nullptr, nullptr, nullptr, nonce.data()) == 1 &&
        (aad.empty() || EVP_EncryptUpdate(context, nullptr, &written, aad.data(),
                                          static_cast<int>(aad.size())) == 1) &&
        (plain.empty() || EVP_EncryptUpdate(context, sealed.data(), &written, plain.data(),
                                            static_cast<int>(plain.size())) == 1) &&
        EVP_EncryptFinal_ex(context, sealed.data() + plain.size(), &written) == 1 &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, static_cast<int>(sizes_.tag),
                            sealed.data() + plain.size()) == 1;
    if (!ok) return fail(Error::kWrongState);
    return {};
  }

  Result<void> open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) override {
    TRY_VOID(check_buffers(sizes_, nonce, plain.size(), sealed.size()));
    EVP_CIPHER_CTX* context = opening_.get();
    std::uint8_t tag[16];
    std::memcpy(tag, sealed.last(sizes_.tag).data(), sizes_.tag);
    std::uint8_t rest[16];
    int written = 0;
    const bool ok =
        EVP_DecryptInit_ex(context, nullptr, nullptr, nullptr, nonce.data()) == 1 &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, static_cast<int>(sizes_.tag), tag) ==
            1 &&
        (aad.empty() || EVP_DecryptUpdate(context, nullptr, &written, aad.data(),
                                          static_cast<int>(aad.size())) == 1) &&
        (plain.empty() || EVP_DecryptUpdate(context, plain.data(), &written, sealed.data(),
                                            static_cast<int>(plain.size())) == 1) &&
        EVP_DecryptFinal_ex(context, rest, &written) == 1;
    if (!ok) {
      // OpenSSL decrypts before it verifies.
      wipe(plain);
      return fail(Error::kUnauthenticated);
    }
    return {};
  }

 private:
  AeadSizes sizes_;
  CipherContext sealing_;
  CipherContext opening_;
};

}  // namespace

Result<std::unique_ptr<Aead>> make_aes_gcm(AeadAlgorithm algorithm, ByteView key) {
  const AeadSizes expected = sizes(algorithm);
  if (key.size() != expected.key) return fail(Error::kInvalidArgument);
  const EVP_CIPHER* cipher =
      algorithm == AeadAlgorithm::kAes256Gcm ? EVP_aes_256_gcm() : EVP_aes_128_gcm();
  CipherContext sealing(EVP_CIPHER_CTX_new());
  CipherContext opening(EVP_CIPHER_CTX_new());
  if (!sealing || !opening ||
      EVP_EncryptInit_ex(sealing.get(), cipher, nullptr, key.data(), nullptr) != 1 ||
      EVP_DecryptInit_ex(opening.get(), cipher, nullptr, key.data(), nullptr) != 1) {
    return fail(Error::kUnsupported);
  }
  return std::unique_ptr<Aead>(
      std::make_unique<AesGcm>(expected, std::move(sealing), std::move(opening)));
}

}  // namespace sotto
