// The browser's ChaCha20-Poly1305: our own kernel instead of libsodium (chacha20_poly1305.cc).
#include "crypto/aead_sizes.h"
#include "crypto/chacha20_poly1305.h"
#include "crypto/chacha20_poly1305_kernel.h"
#include "crypto/hchacha20.h"
#include "crypto/secret.h"

namespace sotto {
namespace {

using Kernel = ChaCha20Poly1305Kernel;

class ChaCha20Poly1305 final : public Aead {
 public:
  explicit ChaCha20Poly1305(Kernel::Key key) : key_(key) {}

  Result<void> seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    TRY_VOID(
        check_buffers(sizes(AeadAlgorithm::kChaCha20Poly1305), nonce, plain.size(), sealed.size()));
    Kernel::seal(key_.view(), Kernel::Nonce(nonce), aad, plain, sealed);
    return {};
  }

  Result<void> open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) override {
    TRY_VOID(
        check_buffers(sizes(AeadAlgorithm::kChaCha20Poly1305), nonce, plain.size(), sealed.size()));
    if (!Kernel::open(key_.view(), Kernel::Nonce(nonce), aad, sealed, plain)) {
      return fail(Error::kUnauthenticated);
    }
    return {};
  }

 private:
  Secret<32> key_;
};

// A key for the nonce's first 16 bytes; its other 8 are the end of the kernel's nonce.
class XChaCha20Poly1305 final : public Aead {
 public:
  explicit XChaCha20Poly1305(Kernel::Key key) : key_(key) {}

  Result<void> seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    TRY_VOID(check_buffers(sizes(AeadAlgorithm::kXChaCha20Poly1305), nonce, plain.size(),
                           sealed.size()));
    const Secret<32> subkey = hchacha20(key_.view(), nonce.first<16>());
    Kernel::seal(subkey.view(), ShortNonce(nonce).view(), aad, plain, sealed);
    return {};
  }

  Result<void> open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) override {
    TRY_VOID(check_buffers(sizes(AeadAlgorithm::kXChaCha20Poly1305), nonce, plain.size(),
                           sealed.size()));
    const Secret<32> subkey = hchacha20(key_.view(), nonce.first<16>());
    if (!Kernel::open(subkey.view(), ShortNonce(nonce).view(), aad, sealed, plain)) {
      return fail(Error::kUnauthenticated);
    }
    return {};
  }

 private:
  struct ShortNonce {
    std::uint8_t bytes[Kernel::kNonceSize] = {};

    explicit ShortNonce(ByteView nonce) { std::memcpy(bytes + 4, nonce.data() + 16, 8); }
    Kernel::Nonce view() const { return Kernel::Nonce(bytes); }
  };

  Secret<32> key_;
};

template <typename T>
Result<std::unique_ptr<Aead>> make(ByteView key) {
  if (key.size() != Kernel::kKeySize) return fail(Error::kInvalidArgument);
  return std::unique_ptr<Aead>(std::make_unique<T>(key.first<Kernel::kKeySize>()));
}

}  // namespace

Result<std::unique_ptr<Aead>> make_chacha20_poly1305(ByteView key) {
  return make<ChaCha20Poly1305>(key);
}

Result<std::unique_ptr<Aead>> make_xchacha20_poly1305(ByteView key) {
  return make<XChaCha20Poly1305>(key);
}

}  // namespace sotto
