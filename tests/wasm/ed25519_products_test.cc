// The browser's field arithmetic of Ed25519 and X25519 (wasm/src/ed25519_products.h), natively,
// against libsodium's definition: each limb of one times each of the other, carried in the same
// order.
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <random>

namespace {

using fe25519 = std::int32_t[10];
using Limbs = std::array<std::int32_t, 10>;
#include "../../wasm/src/ed25519_products.h"

void carry(std::int64_t* h, int from) {
  const int bits = from % 2 == 0 ? 26 : 25;
  const std::int64_t carried = (h[from] + (std::int64_t{1} << (bits - 1))) >> bits;
  h[(from + 1) % 10] += carried * (from == 9 ? 19 : 1);
  h[from] -= carried * (std::int64_t{1} << bits);
}

// 2^ceil(25.5 i) * 2^ceil(25.5 j) is twice 2^ceil(25.5 (i + j)) where i and j are odd; 2^255 is 19.
Limbs schoolbook(const Limbs& f, const Limbs& g, int times) {
  std::int64_t h[10] = {};
  for (int i = 0; i < 10; ++i) {
    for (int j = 0; j < 10; ++j) {
      const int factor = times * (i % 2 == 1 && j % 2 == 1 ? 2 : 1) * (i + j >= 10 ? 19 : 1);
      h[(i + j) % 10] += std::int64_t{f[i]} * g[j] * factor;
    }
  }
  for (int from : {0, 4, 1, 5, 2, 6, 3, 7, 4, 8, 9, 0}) carry(h, from);
  Limbs result;
  for (int i = 0; i < 10; ++i) result[i] = static_cast<std::int32_t>(h[i]);
  return result;
}

void expect_libsodiums(const Limbs& f, const Limbs& g) {
  Limbs h;
  fe25519_mul(h.data(), f.data(), g.data());
  ASSERT_EQ(h, schoolbook(f, g, 1));
  fe25519_sq(h.data(), f.data());
  ASSERT_EQ(h, schoolbook(f, f, 1));
  fe25519_sq2(h.data(), f.data());
  ASSERT_EQ(h, schoolbook(f, f, 2));
  Limbs over = f;  // the result where a factor was
  fe25519_mul(over.data(), over.data(), g.data());
  ASSERT_EQ(over, schoolbook(f, g, 1));
  over = g;
  fe25519_mul(over.data(), f.data(), over.data());
  ASSERT_EQ(over, schoolbook(f, g, 1));
}

// libsodium's own bounds: sums and differences of two reduced elements and a half.
constexpr std::int32_t kEven = 110729625;  // 1.65 * 2^26
constexpr std::int32_t kOdd = 55364812;    // 1.65 * 2^25

std::int32_t bound(int limb) {
  return limb % 2 == 0 ? kEven : kOdd;
}

TEST(Ed25519Products, AreLibsodiumsLimbByLimb) {
  std::mt19937_64 random(25519);
  for (int round = 0; round < 200'000; ++round) {
    Limbs f, g;
    for (int i = 0; i < 10; ++i) {
      f[i] = std::uniform_int_distribution(-bound(i), bound(i))(random);
      g[i] = std::uniform_int_distribution(-bound(i), bound(i))(random);
    }
    expect_libsodiums(f, g);
  }
}

// Under the address sanitizer's build an overflow of any sum would be reported here.
TEST(Ed25519Products, AreSoAtTheBoundsWithEverySign) {
  for (int signs = 0; signs < 1 << 10; ++signs) {
    Limbs f, g, largest;
    for (int i = 0; i < 10; ++i) {
      f[i] = (signs >> i & 1) != 0 ? bound(i) : -bound(i);
      g[i] = (signs * 37 >> i & 1) != 0 ? bound(i) : -bound(i);
      largest[i] = bound(i);
    }
    expect_libsodiums(f, g);
    expect_libsodiums(f, largest);
    expect_libsodiums(largest, f);
  }
}

TEST(Ed25519Products, OfEachTwoLimbsAloneAreTheirs) {
  for (int i = 0; i < 10; ++i) {
    for (int j = 0; j < 10; ++j) {
      Limbs f = {}, g = {};
      f[i] = bound(i);
      g[j] = -bound(j);
      expect_libsodiums(f, g);
    }
  }
}

#include "../../wasm/src/ed25519_digits.h"

// The sum of r[i] * 2^i as 32 bytes and a carry.
std::array<std::uint8_t, 33> summed(const signed char* r) {
  std::array<std::uint8_t, 33> sum = {};
  int over = 0, byte = 0;
  for (int i = 0; i < 264; i += 8, ++byte) {
    for (int bit = 7; bit >= 0; --bit) over += i < 256 ? r[i + bit] * (1 << bit) : 0;
    sum[static_cast<std::size_t>(byte)] = static_cast<std::uint8_t>(over & 255);
    over >>= 8;
  }
  return sum;
}

void expect_digits_of(const std::array<std::uint8_t, 33>& scalar, int most) {
  signed char digits[256];
  ed25519_digits(digits, scalar.data(), most);
  ASSERT_EQ(summed(digits), scalar);
  for (signed char digit : digits) {
    ASSERT_LE(std::abs(digit), most);
    ASSERT_TRUE(digit == 0 || digit % 2 != 0);
  }
}

TEST(Ed25519Digits, AddUpToTheScalar) {
  std::mt19937_64 random(8032);
  for (int round = 0; round < 100'000; ++round) {
    std::array<std::uint8_t, 33> scalar = {};
    for (int i = 0; i < 32; ++i) scalar[i] = static_cast<std::uint8_t>(random());
    // Long runs of ones and of zeros, too: carries that go far.
    if (round % 3 == 1)
      std::memset(&scalar[round % 32], 0xff, 32 - static_cast<std::size_t>(round % 32));
    if (round % 3 == 2) std::memset(scalar.data(), 0, static_cast<std::size_t>(round % 32));
    scalar[31] &= 0x1f;
    expect_digits_of(scalar, 15);
    expect_digits_of(scalar, 63);
  }
}

}  // namespace
