#include "crypto/aes_ctr.h"

#include "crypto/cipher_context.h"

namespace sotto {
namespace {

class OpenSslAesCtr : public AesCtr {
 public:
  explicit OpenSslAesCtr(CipherContext context) : context_(std::move(context)) {}

  Result<void> apply(std::span<const std::uint8_t, 12> nonce, ByteView in,
                     MutableBytes out) override {
    std::uint8_t counter[16] = {};
    std::memcpy(counter, nonce.data(), nonce.size());
    int written = 0;
    const bool ok = EVP_EncryptInit_ex(context_.get(), nullptr, nullptr, nullptr, counter) == 1 &&
                    (in.empty() || EVP_EncryptUpdate(context_.get(), out.data(), &written,
                                                     in.data(), static_cast<int>(in.size())) == 1);
    if (!ok) return fail(Error::kWrongState);
    return {};
  }

 private:
  CipherContext context_;
};

}  // namespace

Result<std::unique_ptr<AesCtr>> make_aes_ctr(ByteView key) {
  if (key.size() != 16 && key.size() != 32) return fail(Error::kInvalidArgument);
  const EVP_CIPHER* cipher = key.size() == 16 ? EVP_aes_128_ctr() : EVP_aes_256_ctr();
  CipherContext context(EVP_CIPHER_CTX_new());
  if (!context || EVP_EncryptInit_ex(context.get(), cipher, nullptr, key.data(), nullptr) != 1) {
    return fail(Error::kUnsupported);
  }
  return std::unique_ptr<AesCtr>(std::make_unique<OpenSslAesCtr>(std::move(context)));
}

}  // namespace sotto
