#include "crypto/aead.h"

#include <cstring>
#include <iterator>

#include "crypto/aes.h"
#include "crypto/chacha20_poly1305.h"
#include "crypto/chacha20_poly1305_native.h"
#include "crypto/secret.h"

namespace sotto {

AeadSizes sizes(AeadAlgorithm algorithm) {
  struct Row {
    std::uint8_t key, nonce, tag;
  };
  static constexpr Row kRows[] = {
      {32, 12, 16},                             // ChaCha20-Poly1305
      {32, 24, 16},                             // XChaCha20-Poly1305
      {16, 12, 16}, {32, 12, 16},               // AES-GCM
      {48, 12, 10}, {48, 12, 8},  {48, 12, 4},  // AES-128-CTR with HMAC-SHA256
      {96, 12, 10}, {96, 12, 8},  {96, 12, 4},  // AES-256-CTR with HMAC-SHA512
      {16, 12, 8},                              // AES-128-GCM with a short tag
  };
  const std::size_t number = static_cast<std::size_t>(algorithm);
  if (number >= std::size(kRows)) return {};
  const Row& row = kRows[number];
  return {.key = row.key, .nonce = row.nonce, .tag = row.tag};
}

Result<std::unique_ptr<Aead>> make_aead(AeadAlgorithm algorithm, ByteView key) {
  switch (algorithm) {
    case AeadAlgorithm::kChaCha20Poly1305:
#ifdef __EMSCRIPTEN__
      return make_chacha20_poly1305(key);
#else
      return make_faster_chacha20_poly1305(key);
#endif
    case AeadAlgorithm::kXChaCha20Poly1305:
#ifdef __EMSCRIPTEN__
      break;  // messages' alone, who ask for it by name: a module for frames goes without
#else
      return make_xchacha20_poly1305(key);
#endif
    case AeadAlgorithm::kAes128Gcm:
    case AeadAlgorithm::kAes256Gcm:
    case AeadAlgorithm::kAes128Gcm_64:
      return make_aes_gcm(algorithm, key);
    case AeadAlgorithm::kAes128CtrHmacSha256_80:
    case AeadAlgorithm::kAes128CtrHmacSha256_64:
    case AeadAlgorithm::kAes128CtrHmacSha256_32:
    case AeadAlgorithm::kAes256CtrHmacSha512_80:
    case AeadAlgorithm::kAes256CtrHmacSha512_64:
    case AeadAlgorithm::kAes256CtrHmacSha512_32:
      return make_aes_ctr_hmac(algorithm, key);
  }
  return fail(Error::kUnsupported);
}

Result<void> Aead::seal_parts(ByteView nonce, ByteView aad, ByteView first, ByteView rest,
                              MutableBytes sealed) {
  if (sealed.size() < first.size() + rest.size()) return fail(Error::kInvalidArgument);
  const MutableBytes plain = sealed.first(first.size() + rest.size());
  if (!first.empty()) std::memmove(plain.data(), first.data(), first.size());
  if (!rest.empty()) std::memcpy(plain.data() + first.size(), rest.data(), rest.size());
  auto result = seal(nonce, aad, plain, sealed);
  if (!result) wipe(plain);
  return result;
}

}  // namespace sotto
