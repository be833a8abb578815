// OpenSSL's SHA-2 uses the processor's instructions for it, which libsodium's does not. Its
// low-level functions, because a copy of an EVP context allocates.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "crypto/keyed_hmac.h"

#include <openssl/sha.h>

#include "crypto/secret.h"

namespace sotto {
namespace {

struct Sha256 {
  using State = SHA256_CTX;
  static constexpr std::size_t kBlock = SHA256_CBLOCK;
  static constexpr std::size_t kSize = SHA256_DIGEST_LENGTH;
  static constexpr auto kInit = SHA256_Init;
  static constexpr auto kUpdate = SHA256_Update;
  static constexpr auto kFinal = SHA256_Final;
};

struct Sha512 {
  using State = SHA512_CTX;
  static constexpr std::size_t kBlock = SHA512_CBLOCK;
  static constexpr std::size_t kSize = SHA512_DIGEST_LENGTH;
  static constexpr auto kInit = SHA512_Init;
  static constexpr auto kUpdate = SHA512_Update;
  static constexpr auto kFinal = SHA512_Final;
};

// HMAC(key, message) = H(key XOR 5c.. || H(key XOR 36.. || message))
template <typename H>
class OpenSslHmac : public KeyedHmac {
 public:
  explicit OpenSslHmac(ByteView key) {
    start(inner_, key, 0x36);
    start(outer_, key, 0x5c);
  }
  ~OpenSslHmac() override {
    for (auto* state : {&inner_, &outer_, &state_}) {
      wipe({reinterpret_cast<std::uint8_t*>(state), sizeof *state});
    }
  }

  void compute(std::initializer_list<ByteView> message, MutableBytes mac) override {
    std::uint8_t digest[H::kSize];
    state_ = inner_;
    for (ByteView part : message) H::kUpdate(&state_, part.data(), part.size());
    H::kFinal(digest, &state_);
    state_ = outer_;
    H::kUpdate(&state_, digest, sizeof digest);
    H::kFinal(mac.data(), &state_);
  }

 private:
  static void start(typename H::State& state, ByteView key, std::uint8_t pad) {
    Secret<H::kBlock> block;
    std::memcpy(block.writable().data(), key.data(), key.size());
    for (std::uint8_t& byte : block.writable()) byte ^= pad;
    H::kInit(&state);
    H::kUpdate(&state, block.view().data(), H::kBlock);
  }

  typename H::State inner_, outer_, state_;
};

template <typename H>
Result<std::unique_ptr<KeyedHmac>> make(ByteView key) {
  if (key.empty() || key.size() > H::kBlock) return fail(Error::kInvalidArgument);
  return std::unique_ptr<KeyedHmac>(std::make_unique<OpenSslHmac<H>>(key));
}

}  // namespace

Result<std::unique_ptr<KeyedHmac>> make_keyed_hmac(Hash hash, ByteView key) {
  return hash == Hash::kSha256 ? make<Sha256>(key) : make<Sha512>(key);
}

}  // namespace sotto
