// Natively both libraries have ChaCha20-Poly1305. libsodium's costs less to begin with, OpenSSL's
// (in assembly for wide vectors) less a byte; they meet at about 1 KB.
#include "crypto/chacha20_poly1305_native.h"

#include "crypto/chacha20_poly1305.h"
#include "crypto/openssl_aead.h"

namespace sotto {
namespace {

constexpr std::size_t kLarge = 1200;

class FasterOfTwo : public Aead {
 public:
  FasterOfTwo(std::unique_ptr<Aead> small, std::unique_ptr<Aead> large)
      : small_(std::move(small)), large_(std::move(large)) {}

  Result<void> seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    return for_size(sealed.size()).seal(nonce, aad, plain, sealed);
  }
  Result<void> seal_parts(ByteView nonce, ByteView aad, ByteView first, ByteView rest,
                          MutableBytes sealed) override {
    return for_size(sealed.size()).seal_parts(nonce, aad, first, rest, sealed);
  }
  Result<void> open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) override {
    return for_size(sealed.size()).open(nonce, aad, sealed, plain);
  }

 private:
  Aead& for_size(std::size_t size) { return size < kLarge ? *small_ : *large_; }

  std::unique_ptr<Aead> small_, large_;
};

}  // namespace

Result<std::unique_ptr<Aead>> make_faster_chacha20_poly1305(ByteView key) {
  TRY(auto small, make_chacha20_poly1305(key));
  TRY(auto large,
      make_openssl_aead(AeadAlgorithm::kChaCha20Poly1305, EVP_chacha20_poly1305(), key));
  return std::unique_ptr<Aead>(std::make_unique<FasterOfTwo>(std::move(small), std::move(large)));
}

}  // namespace sotto
