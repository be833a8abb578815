#include <gtest/gtest.h>

#include <vector>

#include "crypto/aes.h"
#include "shared/reference_vectors.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

AeadAlgorithm algorithm_of(int cipher_suite) {
  switch (cipher_suite) {
    case 1:
      return AeadAlgorithm::kAes128CtrHmacSha256_80;
    case 2:
      return AeadAlgorithm::kAes128CtrHmacSha256_64;
    default:
      return AeadAlgorithm::kAes128CtrHmacSha256_32;
  }
}

void check(int suite, const Bytes& key, const Bytes& nonce, const Bytes& aad, const Bytes& plain,
           const Bytes& ciphertext) {
  auto aead = *make_aes_ctr_hmac(algorithm_of(suite), key);
  Bytes sealed(ciphertext.size());
  ASSERT_TRUE(aead->seal(nonce, aad, plain, sealed));
  EXPECT_EQ(to_hex(sealed), to_hex(ciphertext));
  Bytes opened(plain.size());
  ASSERT_TRUE(aead->open(nonce, aad, ciphertext, opened));
  EXPECT_EQ(opened, plain);
}

TEST(AesCtrHmac, MatchesTheFirstVectorOfRfc9605AppendixC2) {
  check(1,
        *from_hex(
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223242526272829"
            "2a2b2c2d2e2f"),
        *from_hex("101112131415161718191a1b"), *from_hex("4945544620534672616d65205747"),
        *from_hex("64726166742d696574662d736672616d652d656e63"),
        *from_hex("6339af04ada1d064688a442b8dc69d5b6bfa40f4bef0583e8081069cc60705"));
}

TEST(AesCtrHmac, MatchesThePublishedVectors) {
  const auto vectors = reference_json("vectors/sframe/sframe-test-vectors.json");
  if (!vectors) return;
  const auto& cases = vectors->at("aes_ctr_hmac");
  for (const auto& c : cases) {
    check(c.at("cipher_suite"), hex_of(c.at("key")), hex_of(c.at("nonce")), hex_of(c.at("aad")),
          hex_of(c.at("pt")), hex_of(c.at("ct")));
  }
  EXPECT_EQ(cases.size(), 3u);
  print_count("AES-CTR with HMAC", cases.size());
}

}  // namespace
}  // namespace sotto
