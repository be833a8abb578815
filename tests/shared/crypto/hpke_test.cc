// The numbers of RFC 9180 are among the vectors (tests/vectors/mls/hpke.cc).
#include "crypto/hpke.h"

#include <gtest/gtest.h>

#include "support/seeded_random.h"

namespace sotto {
namespace {

class HpkeTest : public testing::TestWithParam<AeadAlgorithm> {
 protected:
  std::vector<std::uint8_t> seal(HpkeContext& context, ByteView aad, ByteView plain) {
    std::vector<std::uint8_t> sealed(plain.size() + kHpkeNt);
    EXPECT_TRUE(context.seal(aad, plain, sealed));
    return sealed;
  }

  test::SeededRandom random{1};
  HpkeKeyPair receiver = HpkeKeyPair::generate(random);
  HpkeSender sender =
      hpke_setup_sender(GetParam(), receiver.public_key, as_bytes("info"), random).value();
};
INSTANTIATE_TEST_SUITE_P(BothAeads, HpkeTest,
                         testing::Values(AeadAlgorithm::kChaCha20Poly1305,
                                         AeadAlgorithm::kAes128Gcm));

TEST_P(HpkeTest, OpensMessagesInTheirOrderOnly) {
  auto context = hpke_setup_receiver(GetParam(), sender.enc, receiver, as_bytes("info")).value();
  const auto first = seal(sender.context, {}, as_bytes("one"));
  const auto second = seal(sender.context, {}, as_bytes("two"));
  std::vector<std::uint8_t> plain(3);
  EXPECT_EQ(context.open({}, second, plain).error(), Error::kUnauthenticated);
  ASSERT_TRUE(context.open({}, first, plain));  // the failure cost no number
  EXPECT_EQ(as_text(plain), "one");
  EXPECT_EQ(context.open({}, first, plain).error(), Error::kUnauthenticated);
  ASSERT_TRUE(context.open({}, second, plain));
  EXPECT_EQ(as_text(plain), "two");
}

TEST_P(HpkeTest, OpensNothingUnderAnotherInfoKeyAadOrEncapsulation) {
  const auto sealed = seal(sender.context, as_bytes("aad"), as_bytes("one"));
  const auto opens = [&](ByteView enc, const HpkeKeyPair& pair, ByteView info, ByteView aad) {
    auto context = hpke_setup_receiver(GetParam(), enc, pair, info);
    std::vector<std::uint8_t> plain(3);
    return context && context->open(aad, sealed, plain);
  };
  EXPECT_TRUE(opens(sender.enc, receiver, as_bytes("info"), as_bytes("aad")));
  EXPECT_FALSE(opens(sender.enc, receiver, as_bytes("inf"), as_bytes("aad")));
  EXPECT_FALSE(opens(sender.enc, receiver, as_bytes("info"), as_bytes("")));
  EXPECT_FALSE(opens(sender.enc, HpkeKeyPair::generate(random), as_bytes("info"), as_bytes("aad")));
  auto other = sender.enc;
  other[0] ^= 1;
  EXPECT_FALSE(opens(other, receiver, as_bytes("info"), as_bytes("aad")));
  EXPECT_FALSE(opens(HpkeEnc{}, receiver, as_bytes("info"), as_bytes("aad")));
}

TEST_P(HpkeTest, CallsEveryFailureOfAReceiverUnauthenticated) {
  EXPECT_EQ(hpke_setup_receiver(GetParam(), HpkeEnc{}, receiver, {}).error(),
            Error::kUnauthenticated);
  EXPECT_EQ(hpke_setup_receiver(GetParam(), {}, receiver, {}).error(), Error::kUnauthenticated);
  auto context = hpke_setup_receiver(GetParam(), sender.enc, receiver, {}).value();
  EXPECT_EQ(context.open({}, {}, {}).error(), Error::kUnauthenticated);
}

TEST_P(HpkeTest, ExportsTheSameToBothSidesAndAnotherSecretForEachContext) {
  const auto context =
      hpke_setup_receiver(GetParam(), sender.enc, receiver, as_bytes("info")).value();
  std::array<std::uint8_t, 40> sent, received, other;
  ASSERT_TRUE(sender.context.export_secret(as_bytes("a"), sent));
  ASSERT_TRUE(context.export_secret(as_bytes("a"), received));
  ASSERT_TRUE(context.export_secret(as_bytes("b"), other));
  EXPECT_EQ(sent, received);
  EXPECT_NE(sent, other);
}

TEST(Hpke, HasNoOtherAead) {
  test::SeededRandom random(2);
  const auto pair = HpkeKeyPair::generate(random);
  EXPECT_EQ(hpke_setup_sender(AeadAlgorithm::kAes256Gcm, pair.public_key, {}, random).error(),
            Error::kUnsupported);
}

}  // namespace
}  // namespace sotto
