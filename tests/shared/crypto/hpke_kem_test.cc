// The numbers of RFC 9180 are among the vectors (tests/vectors/mls/hpke.cc).
#include "crypto/hpke_kem.h"

#include <gtest/gtest.h>

#include "support/seeded_random.h"

namespace sotto {
namespace {

TEST(HpkeKem, SharesASecretWithTheHolderOfTheKeyAlone) {
  test::SeededRandom random(1);
  const auto receiver = HpkeKeyPair::generate(random), other = HpkeKeyPair::generate(random);
  const auto sent = hpke_encap(receiver.public_key, random);
  ASSERT_TRUE(sent);
  EXPECT_TRUE(equal(hpke_decap(sent->enc, receiver)->view(), sent->shared_secret.view()));
  EXPECT_FALSE(equal(hpke_decap(sent->enc, other)->view(), sent->shared_secret.view()));
}

TEST(HpkeKem, SharesAnotherSecretEachTime) {
  test::SeededRandom random(2);
  const auto receiver = HpkeKeyPair::generate(random);
  const auto one = hpke_encap(receiver.public_key, random);
  const auto two = hpke_encap(receiver.public_key, random);
  EXPECT_FALSE(equal(one->enc, two->enc));
  EXPECT_FALSE(equal(one->shared_secret.view(), two->shared_secret.view()));
}

TEST(HpkeKem, RefusesKeysThatAreNone) {
  test::SeededRandom random(3);
  const auto pair = HpkeKeyPair::generate(random);
  const std::uint8_t zeros[33] = {};
  for (std::size_t size : {0, 31, 32, 33}) {
    EXPECT_EQ(hpke_encap(ByteView(zeros).first(size), random).error(), Error::kMalformed);
    EXPECT_EQ(hpke_decap(ByteView(zeros).first(size), pair).error(), Error::kMalformed);
  }
}

TEST(HpkeKem, DerivesOnePairOfOneInputAndCopiesIt) {
  const auto one = HpkeKeyPair::derive(as_bytes("input")), same = one.copy();
  EXPECT_TRUE(equal(one.private_key.view(), same.private_key.view()));
  EXPECT_EQ(one.public_key, HpkeKeyPair::derive(as_bytes("input")).public_key);
  EXPECT_NE(one.public_key, HpkeKeyPair::derive(as_bytes("inpus")).public_key);
  EXPECT_EQ(one.public_key, HpkeKeyPair::from_private_key(same.private_key.view()).public_key);
}

}  // namespace
}  // namespace sotto
