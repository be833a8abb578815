#include "crypto/openssl_aead.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include "crypto/aead_sizes.h"
#include "crypto/cipher_context.h"
#include "crypto/secret.h"

namespace sotto {
namespace {

constexpr std::size_t kHead = 256;
constexpr std::size_t kWorthACall = 6144;

class OpenSslAead : public Aead {
 public:
  OpenSslAead(AeadSizes sizes, CipherContext sealing, CipherContext opening)
      : sizes_(sizes), sealing_(std::move(sealing)), opening_(std::move(opening)) {
    tag_[0] = OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, nullptr, sizes_.tag);
    tag_[1] = OSSL_PARAM_construct_end();
  }

  Result<void> seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    return seal_two(nonce, aad, plain, {}, sealed);
  }

  // OpenSSL streams, but a first part of an odd size puts it off its stride for all that follows.
  // So the first part takes along what is missing to whole blocks of every cipher. Up to some
  // kilobytes a copy of it all costs less than another call.
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
    // Only read, though its type does not say so. A copy of it measured 0.1 µs a frame.
    tag_[0].data = const_cast<std::uint8_t*>(sealed.last(sizes_.tag).data());
    std::uint8_t rest[16];
    int written = 0;
    const bool ok =
        EVP_DecryptInit_ex(context, nullptr, nullptr, nullptr, nonce.data()) == 1 &&
        EVP_CIPHER_CTX_set_params(context, tag_) == 1 &&
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
    tag_[0].data = sealed.data() + size;
    int written = 0;
    auto update = [context, &written](std::uint8_t* out, ByteView in) {
      return in.empty() ||
             EVP_EncryptUpdate(context, out, &written, in.data(), static_cast<int>(in.size())) == 1;
    };
    const bool ok = EVP_EncryptInit_ex(context, nullptr, nullptr, nullptr, nonce.data()) == 1 &&
                    update(nullptr, aad) && update(sealed.data(), first) &&
                    update(sealed.data() + first.size(), rest) &&
                    EVP_EncryptFinal_ex(context, sealed.data() + size, &written) == 1 &&
                    EVP_CIPHER_CTX_get_params(context, tag_) == 1;
    if (!ok) {
      wipe(sealed);
      return fail(Error::kWrongState);
    }
    return {};
  }

  AeadSizes sizes_;
  CipherContext sealing_;
  CipherContext opening_;
  // Where the tag is, in the form that OpenSSL's calls with a number would build each time.
  OSSL_PARAM tag_[2];
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
