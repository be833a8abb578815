#include "mls/keys/key_and_nonce.h"

#include <gtest/gtest.h>

#include "shared/mls/keys/secrets.h"

namespace sotto::mls {
namespace {

TEST(KeyAndNonce, OpensWhatItSealed) {
  for (const Suite suite : kBothSuites) {
    const auto keys = derive_key_and_nonce(suite, secret_of(1).view(), {});
    EXPECT_EQ(keys.key().size(), nk(suite));
    Bytes sealed = keys.seal(as_bytes("aad"), as_bytes("plain")).value();
    EXPECT_EQ(sealed.size(), 5 + kNt);
    EXPECT_EQ(keys.copy().open(as_bytes("aad"), sealed).value(), to_bytes(as_bytes("plain")));
    EXPECT_EQ(keys.open(as_bytes("aae"), sealed).error(), Error::kUnauthenticated);
    sealed[0] ^= 1;
    EXPECT_EQ(keys.open(as_bytes("aad"), sealed).error(), Error::kUnauthenticated);
    EXPECT_EQ(keys.open(as_bytes("aad"), ByteView(sealed).first(kNt - 1)).error(),
              Error::kUnauthenticated);
  }
}

TEST(KeyAndNonce, IsAnotherUnderAReuseGuard) {
  auto keys = derive_key_and_nonce(kBothSuites[0], secret_of(1).view(), {});
  const auto before = keys.copy();
  keys.guard({1, 2, 3, 0xff});
  for (std::size_t i = 0; i < kNn; ++i) {
    const std::uint8_t guard[] = {1, 2, 3, 0xff};
    EXPECT_EQ(keys.nonce()[i], before.nonce()[i] ^ (i < 4 ? guard[i] : 0));
  }
  EXPECT_TRUE(equal(keys.key(), before.key()));
}

TEST(SenderDataKey, HangsOnTheFirst32BytesOfTheCiphertextAlone) {
  Bytes ciphertext(40, 9);
  const auto key = [&] { return sender_data_key(kBothSuites[0], secret_of(1), ciphertext); };
  const auto first = key();
  ciphertext[32] = 1;
  EXPECT_TRUE(equal(key().key(), first.key()));
  ciphertext[31] = 1;
  EXPECT_FALSE(equal(key().key(), first.key()));
  ciphertext.resize(7);  // shorter than the sample: all of it
  EXPECT_FALSE(equal(key().nonce(), first.nonce()));
}

}  // namespace
}  // namespace sotto::mls
