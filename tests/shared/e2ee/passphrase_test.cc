#include "e2ee/passphrase.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <string>

#include "base/hex.h"
#include "shared/e2ee/sender_pair.h"

namespace sotto {
namespace {

TEST(Passphrase, BecomesAKeyAsTheProfileSays) {
  const std::string passphrase = "correct horse battery staple";
  const std::string salt = "sotto sender key 1";
  std::uint8_t expected[32];
  ASSERT_EQ(PKCS5_PBKDF2_HMAC(passphrase.data(), static_cast<int>(passphrase.size()),
                              reinterpret_cast<const unsigned char*>(salt.data()),
                              static_cast<int>(salt.size()), 600'000, EVP_sha256(), 32, expected),
            1);
  EXPECT_EQ(to_hex(stretch_passphrase(as_bytes(passphrase))->view()), to_hex(expected));
}

TEST(Passphrase, IsNeitherNothingNorTooMuch) {
  const std::string longest(kMaxPassphraseSize + 1, 'x');
  EXPECT_EQ(stretch_passphrase({}).error(), Error::kInvalidArgument);
  EXPECT_EQ(stretch_passphrase(as_bytes(longest)).error(), Error::kInvalidArgument);
}

using SharedPassphrase = SenderPair;

TEST_F(SharedPassphrase, OpensForEverybodyWhoKnowsIt) {
  const ByteView passphrase = as_bytes("correct horse battery staple");
  give_both(0, passphrase, KeyKind::kPassphrase);
  EXPECT_TRUE(open(seal(1)));
  auto second = *make_sotto_participant(kSottoSuite, random_);
  ASSERT_TRUE(second->set_key(0, KeyKind::kPassphrase, passphrase, now_));
  ASSERT_TRUE(second->use_key(0, now_));
  const SenderKid first = kid_of(seal(1));
  sender_ = std::move(second);
  const Bytes wire = seal(1);
  EXPECT_NE(kid_of(wire).random, first.random) << "senders of one key share no KID";
  EXPECT_TRUE(open(wire));
  EXPECT_EQ(receiver_->set_key(0, KeyKind::kRaw, kKey, now_).error(), Error::kAlreadyExists);
}

TEST_F(SharedPassphrase, StretchedElsewhereIsTheSameKey) {
  const ByteView passphrase = as_bytes("correct horse battery staple");
  const BaseKey stretched = *stretch_passphrase(passphrase);
  ASSERT_TRUE(sender_->set_key(0, KeyKind::kStretched, stretched.view(), now_));
  ASSERT_TRUE(sender_->use_key(0, now_));
  ASSERT_TRUE(receiver_->set_key(0, KeyKind::kPassphrase, passphrase, now_));
  EXPECT_TRUE(open(seal(1)));
  EXPECT_EQ(sender_->ratchet(0, now_).error(), Error::kWrongState);
}

}  // namespace
}  // namespace sotto
