#include "e2ee/passphrase_keys.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "base/hex.h"
#include "shared/e2ee/sender_pair.h"

namespace sotto {
namespace {

TEST(PassphraseKeys, DeriveAsTheProfileSaysAndOnlyOnce) {
  PassphraseKeys keys;
  const std::string passphrase = "correct horse battery staple";
  const std::string salt = "sotto sender key 1";
  std::uint8_t expected[32];
  ASSERT_EQ(PKCS5_PBKDF2_HMAC(passphrase.data(), static_cast<int>(passphrase.size()),
                              reinterpret_cast<const unsigned char*>(salt.data()),
                              static_cast<int>(salt.size()), 600'000, EVP_sha256(), 32, expected),
            1);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(to_hex(keys.key_of(as_bytes(passphrase))->view()), to_hex(expected));
  }
  EXPECT_EQ(keys.derivations(), 1u);
}

TEST(PassphraseKeys, RefuseNothingAndTooMuch) {
  PassphraseKeys keys;
  const std::string longest(PassphraseKeys::kMaxPassphraseSize + 1, 'x');
  EXPECT_EQ(keys.key_of({}).error(), Error::kInvalidArgument);
  EXPECT_EQ(keys.key_of(as_bytes(longest)).error(), Error::kInvalidArgument);
  EXPECT_EQ(keys.derivations(), 0u);
}

using SharedPassphrase = SenderPair;

TEST_F(SharedPassphrase, OpensForEverybodyWhoKnowsIt) {
  give_both(0, as_bytes("correct horse battery staple"), KeyKind::kPassphrase);
  EXPECT_TRUE(open(seal(1)));
  auto second = *make_sotto_participant(kSottoSuite, random_, &passphrases_);
  ASSERT_TRUE(
      second->set_key(0, KeyKind::kPassphrase, as_bytes("correct horse battery staple"), now_));
  ASSERT_TRUE(second->use_key(0, now_));
  const SenderKid first = kid_of(seal(1));
  sender_ = std::move(second);
  EXPECT_NE(kid_of(seal(1)).random, first.random) << "senders of one key share no KID";
  EXPECT_EQ(passphrases_.derivations(), 1u);
  EXPECT_EQ(receiver_->set_key(0, KeyKind::kRaw, kKey, now_).error(), Error::kAlreadyExists);
}

}  // namespace
}  // namespace sotto
