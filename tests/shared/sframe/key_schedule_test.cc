#include "sframe/key_schedule.h"

#include <gtest/gtest.h>

#include "shared/reference_vectors.h"

namespace sotto {
namespace {

TEST(KeySchedule, MatchesTheFourthVectorOfRfc9605AppendixC3) {
  const auto keys = derive_key_schedule(CipherSuite::kAes128GcmSha256_128, 0x123,
                                        *from_hex("000102030405060708090a0b0c0d0e0f"));
  ASSERT_TRUE(keys);
  EXPECT_EQ(to_hex(keys->key()), "d34f547f4ca4f9a7447006fe7fcbf768");
  EXPECT_EQ(to_hex(keys->salt()), "75234edefe07819026751816");
}

void check(const nlohmann::json& cases) {
  for (const auto& c : cases) {
    const auto suite = static_cast<CipherSuite>(c.at("cipher_suite").get<int>());
    const auto keys = derive_key_schedule(suite, c.at("kid"), hex_of(c.at("base_key")));
    ASSERT_TRUE(keys);
    EXPECT_EQ(to_hex(keys->key()), c.at("sframe_key"));
    EXPECT_EQ(to_hex(keys->salt()), c.at("sframe_salt"));
  }
  print_count("SFrame key schedules", cases.size());
}

TEST(KeySchedule, MatchesThePublishedVectors) {
  if (const auto vectors = reference_json("vectors/sframe/sframe-test-vectors.json")) {
    EXPECT_EQ(vectors->at("sframe").size(), 5u);
    check(vectors->at("sframe"));
  }
  if (const auto vectors = reference_json("vectors/sframe/sframe-test-vectors-aes256.json")) {
    EXPECT_EQ(vectors->at("sframe_aes_256_ctr_hmac").size(), 3u);
    check(vectors->at("sframe_aes_256_ctr_hmac"));
  }
}

TEST(KeySchedule, GivesEveryKidAndSuiteItsOwnKeyAndSalt) {
  const std::uint8_t base_key[32] = {1};
  const auto one = *derive_key_schedule(kSottoSuite, 1, base_key);
  const auto other_kid = *derive_key_schedule(kSottoSuite, 2, base_key);
  const auto other_suite = *derive_key_schedule(CipherSuite::kAes128GcmSha256_128, 1, base_key);
  EXPECT_FALSE(equal(one.key(), other_kid.key()));
  EXPECT_FALSE(equal(one.salt(), other_kid.salt()));
  EXPECT_FALSE(equal(one.key().first(16), other_suite.key()));
  EXPECT_FALSE(equal(one.salt(), other_suite.salt()));
}

TEST(KeySchedule, RefusesAnEmptyBaseKey) {
  EXPECT_EQ(derive_key_schedule(kSottoSuite, 1, {}).error(), Error::kInvalidArgument);
}

}  // namespace
}  // namespace sotto
