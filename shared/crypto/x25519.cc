#include "crypto/x25519.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

namespace sotto {
namespace {

// The u-coordinates of orders 1, 2, 4 and 8, on the curve and its twist (RFC 7748 section 6.1 and
// what it refers to), in every encoding that is below 2^255.
constexpr std::uint8_t kOrder8[2][kX25519KeySize] = {
    {0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3,
     0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32,
     0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00},
    {0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1,
     0x55, 0x9c, 0x83, 0xef, 0x5b, 0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c,
     0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57}};

// Whether all bytes between the first and the last are `middle`.
bool all_between(const std::uint8_t* key, std::uint8_t middle) {
  return std::all_of(key + 1, key + kX25519KeySize - 1,
                     [=](std::uint8_t byte) { return byte == middle; });
}

}  // namespace

bool x25519_is_small_order(std::span<const std::uint8_t, kX25519KeySize> public_key) {
  std::uint8_t key[kX25519KeySize];
  std::memcpy(key, public_key.data(), sizeof key);
  key[31] &= 0x7f;  // X25519 ignores the highest bit
  if (key[31] == 0x00 && key[0] <= 1) return all_between(key, 0x00);                       // 0, 1
  if (key[31] == 0x7f && key[0] >= 0xec && key[0] <= 0xee) return all_between(key, 0xff);  // p±1, p
  return std::memcmp(key, kOrder8[0], sizeof key) == 0 ||
         std::memcmp(key, kOrder8[1], sizeof key) == 0;
}

X25519PublicKey x25519_public_key(std::span<const std::uint8_t, kX25519KeySize> private_key) {
  X25519PublicKey public_key;
  crypto_scalarmult_base(public_key.data(), private_key.data());
  return public_key;
}

// libsodium fails on nothing but a result of zeros.
Result<Secret<kX25519KeySize>> x25519(std::span<const std::uint8_t, kX25519KeySize> private_key,
                                      std::span<const std::uint8_t, kX25519KeySize> public_key) {
  Secret<kX25519KeySize> shared;
  if (crypto_scalarmult(shared.writable().data(), private_key.data(), public_key.data()) != 0) {
    return fail(Error::kMalformed);
  }
  return shared;
}

}  // namespace sotto
