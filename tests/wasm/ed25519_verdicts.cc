// Signatures that implementations of Ed25519 disagree about, each with a verdict: the same source
// natively, where libsodium is Debian's, and as WebAssembly, where parts of it are ours.
// ed25519.test.mjs compares.
#include <sodium.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "crypto/ed25519_many.h"

namespace {

struct Scalar {
  unsigned char bytes[32];
};
struct Point {
  unsigned char bytes[32];
};
struct Signed {
  Point key, commitment;  // A and R
  Scalar response;        // S
};

const unsigned char kMessage[] = "Who accepts what others refuse is in another group.";

// The points whose order divides 8, and non-canonical encodings of some of them.
const unsigned char kTorsion[][32] = {
    {1},
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
    {0},
    {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
     0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80},
    {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4,
     0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6,
     0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05},
    {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4,
     0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6,
     0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x85},
    {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b,
     0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39,
     0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a},
    {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b,
     0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39,
     0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0xfa},
    {0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
    {0xee, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};
const unsigned kOrderEight = 4;  // kTorsion[4] to [7], and [0] to [7] are all eight

Scalar scalar_of(std::uint32_t seed, unsigned char use) {
  unsigned char wide[64];
  const unsigned char input[5] = {
      static_cast<unsigned char>(seed), static_cast<unsigned char>(seed >> 8),
      static_cast<unsigned char>(seed >> 16), static_cast<unsigned char>(seed >> 24), use};
  crypto_hash_sha512(wide, input, sizeof input);
  Scalar result;
  crypto_core_ed25519_scalar_reduce(result.bytes, wide);
  return result;
}

Point torsion(unsigned number) {
  Point point;
  std::memcpy(point.bytes, kTorsion[number], 32);
  return point;
}

Point base_times(const Scalar& scalar) {
  Point point;
  if (crypto_scalarmult_ed25519_base_noclamp(point.bytes, scalar.bytes) != 0) std::abort();
  return point;
}

Point plus(const Point& a, const Point& b) {
  Point sum;
  if (crypto_core_ed25519_add(sum.bytes, a.bytes, b.bytes) != 0) std::abort();
  return sum;
}

// What whoever knows a signs with A = aB + T and R = rB + U: right but for what hT + U is.
Signed sign(const Scalar& a, const Scalar& r, const Point& key, const Point& commitment) {
  unsigned char wide[64];
  crypto_hash_sha512_state hash;
  crypto_hash_sha512_init(&hash);
  crypto_hash_sha512_update(&hash, commitment.bytes, 32);
  crypto_hash_sha512_update(&hash, key.bytes, 32);
  crypto_hash_sha512_update(&hash, kMessage, sizeof kMessage);
  crypto_hash_sha512_final(&hash, wide);
  Scalar h, product;
  crypto_core_ed25519_scalar_reduce(h.bytes, wide);
  crypto_core_ed25519_scalar_mul(product.bytes, h.bytes, a.bytes);
  Signed result{key, commitment, {}};
  crypto_core_ed25519_scalar_add(result.response.bytes, product.bytes, r.bytes);
  return result;
}

// Alone and among 40 good ones, at any place: one verdict.
bool accepted_among_many(const unsigned char* key, const unsigned char* signature, unsigned place) {
  static unsigned char good_key[32], secret[64], good[64];
  if (good_key[0] == 0) {
    const unsigned char seed[32] = {1};
    crypto_sign_seed_keypair(good_key, secret, seed);
    crypto_sign_detached(good, nullptr, kMessage, sizeof kMessage, secret);
  }
  sotto::Ed25519Many many;
  for (unsigned i = 0; i < 41; ++i) {
    (void)many.add({i == place ? key : good_key, 32}, kMessage,
                   {i == place ? signature : good, 64});
  }
  return many.finish().has_value();
}

std::uint32_t verdict(const Signed& made) {
  unsigned char signature[64];
  std::memcpy(signature, made.commitment.bytes, 32);
  std::memcpy(signature + 32, made.response.bytes, 32);
  const bool accepted =
      crypto_sign_verify_detached(signature, kMessage, sizeof kMessage, made.key.bytes) == 0;
  sotto::Ed25519Many alone;
  (void)alone.add(made.key.bytes, kMessage, signature);
  if (alone.finish().has_value() != accepted) std::abort();
  // 40 more are checked where that is cheap enough: for one signature of each seed.
  if (made.key.bytes[1] % 25 == 0 &&
      accepted_among_many(made.key.bytes, signature, made.key.bytes[2] % 41) != accepted) {
    std::abort();
  }
  return accepted ? 1 : 0;
}

// S + L, which the equation does not tell from S.
Scalar second(Scalar scalar) {
  const unsigned char order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                   0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                                   0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};
  unsigned carry = 0;
  for (int i = 0; i < 32; ++i) {
    carry += scalar.bytes[i] + order[i];
    scalar.bytes[i] = static_cast<unsigned char>(carry);
    carry >>= 8;
  }
  return scalar;
}

}  // namespace

// A bit for each way in which keys and signatures of this seed are odd.
extern "C" __attribute__((used, visibility("default"))) std::uint32_t ed25519_verdicts(
    std::uint32_t seed) {
  const Scalar a = scalar_of(seed, 'a'), r = scalar_of(seed, 'r');
  const Point key = base_times(a), commitment = base_times(r);
  const Signed good = sign(a, r, key, commitment);
  std::uint32_t verdicts = verdict(good);
  int bit = 1;
  const auto add = [&](const Signed& made) { verdicts |= verdict(made) << bit++; };
  // Of mixed order: the key, R, both, by one of the eight each.
  const unsigned t = seed % 8, u = seed / 8 % 8;
  add(sign(a, r, plus(key, torsion(t)), commitment));
  add(sign(a, r, key, plus(commitment, torsion(u))));
  add(sign(a, r, plus(key, torsion(t)), plus(commitment, torsion(u))));
  add(sign(a, r, plus(key, torsion(kOrderEight + t % 4)),
           plus(commitment, torsion(kOrderEight + u % 4))));
  // Of small order, and encoded as nobody should: everything but a sum is as for a good signature.
  for (unsigned number = 0; number < sizeof kTorsion / 32; ++number) {
    add(sign({}, r, torsion(number), commitment));
    add(sign(a, {}, key, torsion(number)));
  }
  add({key, commitment, second(good.response)});
  Signed changed = good;
  changed.commitment.bytes[seed / 8 % 32] ^= static_cast<unsigned char>(1 << seed % 8);
  add(changed);
  changed = good;
  changed.response.bytes[seed / 8 % 32] ^= static_cast<unsigned char>(1 << seed % 8);
  add(changed);
  changed = good;
  changed.key.bytes[seed / 8 % 32] ^= static_cast<unsigned char>(1 << seed % 8);
  add(changed);
  return verdicts;
}

#ifndef __EMSCRIPTEN__
// ed25519-verdicts COUNT: the verdicts of the seeds below it, one a line.
int main(int count, char** arguments) {
  if (count != 2 || sodium_init() < 0) return 1;
  const long seeds = std::strtol(arguments[1], nullptr, 10);
  for (long seed = 0; seed < seeds; ++seed) {
    std::printf("%u\n", ed25519_verdicts(static_cast<std::uint32_t>(seed)));
  }
  return 0;
}
#endif
