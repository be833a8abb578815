// AES-CTR with HMAC-SHA256, encrypt then authenticate (RFC 9605 section 4.5.1):
//
//   key = enc_key (16) || auth_key (32)        initial counter block = nonce (12) || 00 00 00 00
//   tag = first Nt bytes of HMAC(auth_key, u64 |aad| || u64 |ct| || u64 Nt || nonce || aad || ct)
#include "base/byte_writer.h"
#include "crypto/aead_sizes.h"
#include "crypto/aes.h"
#include "crypto/cipher_context.h"
#include "crypto/constant_time.h"
#include "crypto/hkdf.h"
#include "crypto/secret.h"

namespace sotto {
namespace {

constexpr std::size_t kEncryptionKeySize = 16;
constexpr std::size_t kAuthenticationKeySize = 32;

class AesCtrHmac : public Aead {
 public:
  AesCtrHmac(AeadSizes sizes, CipherContext context,
             std::span<const std::uint8_t, kAuthenticationKeySize> auth_key)
      : sizes_(sizes), context_(std::move(context)), auth_key_(auth_key) {}

  Result<void> seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    TRY_VOID(check_buffers(sizes_, nonce, plain.size(), sealed.size()));
    MutableBytes ciphertext = sealed.first(plain.size());
    TRY_VOID(apply_keystream(nonce, plain, ciphertext));
    Secret<32> mac;
    TRY_VOID(authenticate(nonce, aad, ciphertext, mac));
    std::memcpy(sealed.last(sizes_.tag).data(), mac.view().data(), sizes_.tag);
    return {};
  }

  Result<void> open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) override {
    TRY_VOID(check_buffers(sizes_, nonce, plain.size(), sealed.size()));
    ByteView ciphertext = sealed.first(plain.size());
    Secret<32> mac;
    TRY_VOID(authenticate(nonce, aad, ciphertext, mac));
    if (!equal_constant_time(ByteView(mac.view()).first(sizes_.tag), sealed.last(sizes_.tag))) {
      return fail(Error::kUnauthenticated);
    }
    return apply_keystream(nonce, ciphertext, plain);
  }

 private:
  Result<void> apply_keystream(ByteView nonce, ByteView in, MutableBytes out) {
    std::uint8_t counter[16] = {};
    std::memcpy(counter, nonce.data(), nonce.size());
    if (EVP_EncryptInit_ex(context_.get(), nullptr, nullptr, nullptr, counter) != 1) {
      return fail(Error::kWrongState);
    }
    int written = 0;
    if (!in.empty() && EVP_EncryptUpdate(context_.get(), out.data(), &written, in.data(),
                                         static_cast<int>(in.size())) != 1) {
      return fail(Error::kWrongState);
    }
    return {};
  }

  Result<void> authenticate(ByteView nonce, ByteView aad, ByteView ciphertext, Secret<32>& mac) {
    std::uint8_t lengths[24];
    ByteWriter writer(lengths);
    writer.u64(aad.size());
    writer.u64(ciphertext.size());
    writer.u64(sizes_.tag);
    return hmac(Hash::kSha256, auth_key_.view(), {lengths, nonce, aad, ciphertext}, mac.writable());
  }

  AeadSizes sizes_;
  CipherContext context_;
  Secret<kAuthenticationKeySize> auth_key_;
};

}  // namespace

Result<std::unique_ptr<Aead>> make_aes_ctr_hmac(AeadAlgorithm algorithm, ByteView key) {
  const AeadSizes expected = sizes(algorithm);
  if (key.size() != expected.key) return fail(Error::kInvalidArgument);
  CipherContext context(EVP_CIPHER_CTX_new());
  if (!context ||
      EVP_EncryptInit_ex(context.get(), EVP_aes_128_ctr(), nullptr, key.data(), nullptr) != 1) {
    return fail(Error::kUnsupported);
  }
  return std::unique_ptr<Aead>(std::make_unique<AesCtrHmac>(
      expected, std::move(context), key.subspan<kEncryptionKeySize, kAuthenticationKeySize>()));
}

}  // namespace sotto
