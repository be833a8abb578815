#include <gtest/gtest.h>

#include <vector>

#include "crypto/aes.h"
#include "shared/reference_vectors.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

AeadAlgorithm algorithm_of(int cipher_suite) {
  constexpr AeadAlgorithm kAlgorithms[] = {AeadAlgorithm::kAes128CtrHmacSha256_80,
                                           AeadAlgorithm::kAes128CtrHmacSha256_64,
                                           AeadAlgorithm::kAes128CtrHmacSha256_32,
                                           AeadAlgorithm::kAes128Gcm,
                                           AeadAlgorithm::kAes256Gcm,
                                           AeadAlgorithm::kAes256CtrHmacSha512_80,
                                           AeadAlgorithm::kAes256CtrHmacSha512_64,
                                           AeadAlgorithm::kAes256CtrHmacSha512_32};
  return kAlgorithms[cipher_suite - 1];
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
  for (const char* section : {"aes_ctr_hmac", "aes_256_ctr_hmac"}) {
    const auto& cases = vectors->at(section);
    for (const auto& c : cases) {
      const Bytes key = hex_of(c.at("key"));
      check(c.at("cipher_suite"), key, hex_of(c.at("nonce")), hex_of(c.at("aad")),
            hex_of(c.at("pt")), hex_of(c.at("ct")));
      Bytes joined = hex_of(c.at("enc_key"));
      const Bytes auth_key = hex_of(c.at("auth_key"));
      joined.insert(joined.end(), auth_key.begin(), auth_key.end());
      EXPECT_EQ(joined, key);
    }
    EXPECT_EQ(cases.size(), 3u);
    print_count(section, cases.size());
  }
}

TEST(AesCtrHmac, RefusesTheCiphertextOfAVectorUnderAnotherTagLength) {
  const Bytes key(96, 7), nonce(12, 1);
  auto long_tag = *make_aes_ctr_hmac(AeadAlgorithm::kAes256CtrHmacSha512_80, key);
  auto short_tag = *make_aes_ctr_hmac(AeadAlgorithm::kAes256CtrHmacSha512_64, key);
  Bytes sealed(30), opened(20);
  ASSERT_TRUE(long_tag->seal(nonce, {}, Bytes(20), sealed));
  sealed.resize(28);  // the first 64 bits of the tag: its length is in what it covers
  EXPECT_EQ(short_tag->open(nonce, {}, sealed, opened).error(), Error::kUnauthenticated);
}

}  // namespace
}  // namespace sotto
