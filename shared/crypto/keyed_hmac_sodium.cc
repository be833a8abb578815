#include <sodium.h>

#include "crypto/keyed_hmac.h"
#include "crypto/secret.h"

namespace sotto {
namespace {

template <typename State, std::size_t kBlock, auto kInit, auto kUpdate, auto kFinal>
class SodiumHmac : public KeyedHmac {
 public:
  static constexpr std::size_t kBlockSize = kBlock;

  explicit SodiumHmac(ByteView key) { kInit(&keyed_, key.data(), key.size()); }
  ~SodiumHmac() override {
    sodium_memzero(&keyed_, sizeof keyed_);
    sodium_memzero(&state_, sizeof state_);
  }

  void compute(std::initializer_list<ByteView> message, MutableBytes mac) override {
    state_ = keyed_;
    for (ByteView part : message) kUpdate(&state_, part.data(), part.size());
    kFinal(&state_, mac.data());
  }

 private:
  State keyed_;
  State state_;
};

using Sha256 = SodiumHmac<crypto_auth_hmacsha256_state, 64, crypto_auth_hmacsha256_init,
                          crypto_auth_hmacsha256_update, crypto_auth_hmacsha256_final>;
using Sha512 = SodiumHmac<crypto_auth_hmacsha512_state, 128, crypto_auth_hmacsha512_init,
                          crypto_auth_hmacsha512_update, crypto_auth_hmacsha512_final>;

template <typename T>
Result<std::unique_ptr<KeyedHmac>> make(ByteView key) {
  if (key.empty() || key.size() > T::kBlockSize) return fail(Error::kInvalidArgument);
  return std::unique_ptr<KeyedHmac>(std::make_unique<T>(key));
}

}  // namespace

Result<std::unique_ptr<KeyedHmac>> make_keyed_hmac(Hash hash, ByteView key) {
  return hash == Hash::kSha256 ? make<Sha256>(key) : make<Sha512>(key);
}

}  // namespace sotto
