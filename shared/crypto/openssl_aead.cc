#include "crypto/openssl_aead.h"

#include "crypto/aead_sizes.h"
#include "crypto/cipher_context.h"
#include "crypto/secret.h"

namespace sotto {
namespace {

constexpr std::size_t kHead = 256;
constexpr std::size_t kWorthACall = 2048;

class OpenSslAead : public Aead {
 public:
  OpenSslAead(AeadSizes sizes, CipherContext sealing, CipherContext opening)
      : sizes_(sizes), sealing_(std::move(sealing)), opening_(std::move(opening)) {}

  Result<void> seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    return seal_two(nonce, aad, plain, {}, sealed);
  }

  // OpenSSL streams, but a first part of an odd size puts it off its stride for all that follows.
  // So the first part takes along what is missing to whole blocks of every cipher. A copy of little
  // costs less than another call.
  Result<void> seal_parts(ByteView nonce, ByteView aad, ByteView first, ByteView rest,
                          MutableBytes sealed) override {
    if (first.size() > kHead || rest.size() < kWorthACall ||
        sealed.size() < first.size() + rest.size()) {
      return Aead::seal_parts(nonce, aad, first, rest, sealed);
    }
    const std::size_t moved = kHead - first.size();
    std::memmove(sealed.data(), first.data(), first.size());
    std::memcpy(sealed.data() + first.size(), rest.data(), moved);
    return seal_two(nonce, aad, sealed.first(kHead), rest.subspan(moved), sealed);
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
  Result<void> seal_two(ByteView nonce, ByteView aad, ByteView first, ByteView rest,
                        MutableBytes sealed) {
    const std::size_t size = first.size() + rest.size();
    TRY_VOID(check_buffers(sizes_, nonce, size, sealed.size()));
    EVP_CIPHER_CTX* context = sealing_.get();
    int written = 0;
    auto update = [context, &written](std::uint8_t* out, ByteView in) {
      return in.empty() ||
             EVP_EncryptUpdate(context, out, &written, in.data(), static_cast<int>(in.size())) == 1;
    };
    const bool ok = EVP_EncryptInit_ex(context, nullptr, nullptr, nullptr, nonce.data()) == 1 &&
                    update(nullptr, aad) && update(sealed.data(), first) &&
                    update(sealed.data() + first.size(), rest) &&
                    EVP_EncryptFinal_ex(context, sealed.data() + size, &written) == 1 &&
                    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG,
                                        static_cast<int>(sizes_.tag), sealed.data() + size) == 1;
    if (!ok) {
      wipe(sealed);
      return fail(Error::kWrongState);
    }
    return {};
  }

  AeadSizes sizes_;
  CipherContext sealing_;
  CipherContext opening_;
};

}  // namespace

Result<std::unique_ptr<Aead>> make_openssl_aead(AeadAlgorithm algorithm, const EVP_CIPHER* cipher,
                                                ByteView key) {
  const AeadSizes expected = sizes(algorithm);
  if (key.size() != expected.key) return fail(Error::kInvalidArgument);
  CipherContext sealing(EVP_CIPHER_CTX_new());
  CipherContext opening(EVP_CIPHER_CTX_new());
  if (!sealing || !opening ||
      EVP_EncryptInit_ex(sealing.get(), cipher, nullptr, key.data(), nullptr) != 1 ||
      EVP_DecryptInit_ex(opening.get(), cipher, nullptr, key.data(), nullptr) != 1) {
    return fail(Error::kUnsupported);
  }
  return std::unique_ptr<Aead>(
      std::make_unique<OpenSslAead>(expected, std::move(sealing), std::move(opening)));
}

}  // namespace sotto
