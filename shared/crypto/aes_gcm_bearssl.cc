// AES-GCM (NIST SP 800-38D) with nonces of 12 bytes and tags of 16 or 8, on BearSSL:
//
//   H = E(0^128)    J0 = nonce || 00 00 00 01    the ciphertext's counter begins at 2
//   tag = GHASH(H, aad || 0* || ciphertext || 0* || u64 bits of aad || u64 bits of ct) XOR E(J0)
#include <bearssl_hash.h>

#include "base/byte_writer.h"
#include "crypto/aead_sizes.h"
#include "crypto/aes.h"
#include "crypto/bearssl_aes.h"
#include "crypto/constant_time.h"

namespace sotto {
namespace {

using Nonce = std::span<const std::uint8_t, 12>;

class AesGcm : public Aead {
 public:
  AesGcm(AeadSizes sizes, ByteView key) : sizes_(sizes), aes_(key) {
    const std::uint8_t zeros[12] = {};
    aes_.apply(zeros, 0, hash_key_.writable());  // of zeros: E(0)
  }

  Result<void> seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    TRY_VOID(check_buffers(sizes_, nonce, plain.size(), sealed.size()));
    MutableBytes ciphertext = sealed.first(plain.size());
    aes_.apply(nonce.first<12>(), 2, plain, ciphertext);
    const Secret<16> tag = authenticate(nonce.first<12>(), aad, ciphertext);
    std::memcpy(sealed.last(sizes_.tag).data(), tag.view().data(), sizes_.tag);
    return {};
  }

  // Verifies before it decrypts.
  Result<void> open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) override {
    TRY_VOID(check_buffers(sizes_, nonce, plain.size(), sealed.size()));
    ByteView ciphertext = sealed.first(plain.size());
    const Secret<16> tag = authenticate(nonce.first<12>(), aad, ciphertext);
    if (!equal_constant_time(tag.view().first(sizes_.tag), sealed.last(sizes_.tag))) {
      return fail(Error::kUnauthenticated);
    }
    aes_.apply(nonce.first<12>(), 2, ciphertext, plain);
    return {};
  }

 private:
  Secret<16> authenticate(Nonce nonce, ByteView aad, ByteView ciphertext) const {
    std::uint8_t lengths[16];
    ByteWriter writer(lengths);
    writer.u64(std::uint64_t{aad.size()} * 8);
    writer.u64(std::uint64_t{ciphertext.size()} * 8);
    Secret<16> tag;
    for (ByteView part : {aad, ciphertext, ByteView(lengths)}) {  // each padded with zeros
      br_ghash_ctmul64(tag.writable().data(), hash_key_.view().data(), part.data(), part.size());
    }
    aes_.apply(nonce, 1, tag.writable());
    return tag;
  }

  AeadSizes sizes_;
  BearSslAes aes_;
  Secret<16> hash_key_;
};

}  // namespace

bool has_aes() {
  return true;
}

Result<std::unique_ptr<Aead>> make_aes_gcm(AeadAlgorithm algorithm, ByteView key) {
  const AeadSizes expected = sizes(algorithm);
  if (key.size() != expected.key) return fail(Error::kInvalidArgument);
  return std::unique_ptr<Aead>(std::make_unique<AesGcm>(expected, key));
}

}  // namespace sotto
