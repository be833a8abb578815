#include "mls/keys/encrypt_with_label.h"

#include <gtest/gtest.h>

#include "shared/mls/keys/secrets.h"
#include "support/seeded_random.h"

namespace sotto::mls {
namespace {

class EncryptWithLabel : public testing::TestWithParam<Suite> {
 protected:
  test::SeededRandom random{1};
  HpkeKeyPair pair = HpkeKeyPair::generate(random);

  Result<Bytes> open(const HpkeCiphertext& sealed, std::string_view label, ByteView context) {
    return decrypt_with_label(GetParam(), pair, label, context,
                              {sealed.kem_output, sealed.ciphertext});
  }
};
INSTANTIATE_TEST_SUITE_P(BothSuites, EncryptWithLabel, testing::ValuesIn(kBothSuites));

TEST_P(EncryptWithLabel, OpensUnderTheSameLabelAndContextOnly) {
  const auto sealed = encrypt_with_label(GetParam(), pair.public_key, "UpdatePathNode",
                                         as_bytes("context"), as_bytes("plain"), random);
  ASSERT_TRUE(sealed);
  EXPECT_EQ(open(*sealed, "UpdatePathNode", as_bytes("context")).value(),
            to_bytes(as_bytes("plain")));
  EXPECT_EQ(open(*sealed, "Welcome", as_bytes("context")).error(), Error::kUnauthenticated);
  EXPECT_EQ(open(*sealed, "UpdatePathNode", as_bytes("contexu")).error(), Error::kUnauthenticated);
}

TEST_P(EncryptWithLabel, SealsToManyUnderOneContextAsToEachAlone) {
  const HpkeKeyPair other = HpkeKeyPair::generate(random);
  const LabelledSealer sealer(GetParam(), "Welcome", as_bytes("context"));
  const auto first = sealer.seal(pair.public_key, as_bytes("one"), random).value();
  const auto second = sealer.seal(other.public_key, as_bytes("two"), random).value();
  EXPECT_NE(first.kem_output, second.kem_output);
  EXPECT_EQ(open(first, "Welcome", as_bytes("context")).value(), to_bytes(as_bytes("one")));
  EXPECT_EQ(open(second, "Welcome", as_bytes("context")).error(), Error::kUnauthenticated);
  EXPECT_EQ(decrypt_with_label(GetParam(), other, "Welcome", as_bytes("context"),
                               {second.kem_output, second.ciphertext})
                .value(),
            to_bytes(as_bytes("two")));
}

TEST_P(EncryptWithLabel, OpensNothingThatWasChangedOrCutShort) {
  auto sealed =
      encrypt_with_label(GetParam(), pair.public_key, "x", {}, as_bytes("plain"), random).value();
  for (Bytes* part : {&sealed.kem_output, &sealed.ciphertext}) {
    for (std::size_t i = 0; i < part->size(); ++i) {
      (*part)[i] ^= 1;
      EXPECT_EQ(open(sealed, "x", {}).error(), Error::kUnauthenticated);
      (*part)[i] ^= 1;
    }
  }
  ASSERT_TRUE(open(sealed, "x", {}));
  while (!sealed.ciphertext.empty()) {
    sealed.ciphertext.pop_back();
    EXPECT_EQ(open(sealed, "x", {}).error(), Error::kUnauthenticated);
  }
}

TEST_P(EncryptWithLabel, RefusesAPublicKeyThatIsNone) {
  const Bytes zeros(32);
  EXPECT_EQ(encrypt_with_label(GetParam(), zeros, "x", {}, {}, random).error(), Error::kMalformed);
  EXPECT_EQ(encrypt_with_label(GetParam(), {}, "x", {}, {}, random).error(), Error::kMalformed);
}

}  // namespace
}  // namespace sotto::mls
