#include "crypto/aead.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "crypto/chacha20_poly1305.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

class EveryAead : public testing::TestWithParam<AeadAlgorithm> {
 protected:
  AeadSizes size_ = sizes(GetParam());
  SeededRandom random_;
  Bytes key_ = random_.bytes(size_.key);
  Bytes nonce_ = random_.bytes(size_.nonce);
  Bytes aad_ = random_.bytes(9);
  std::unique_ptr<Aead> aead_ = *make_aead(GetParam(), key_);

  Bytes seal(ByteView plain) {
    Bytes sealed(plain.size() + size_.tag);
    EXPECT_TRUE(aead_->seal(nonce_, aad_, plain, sealed));
    return sealed;
  }
};

TEST_P(EveryAead, OpensWhatItSealedAtEverySizeAroundABlock) {
  for (std::size_t size : {0, 1, 15, 16, 17, 63, 64, 65, 1200, 4096}) {
    const Bytes plain = random_.bytes(size);
    const Bytes sealed = seal(plain);
    Bytes opened(size);
    ASSERT_TRUE(aead_->open(nonce_, aad_, sealed, opened)) << size;
    EXPECT_EQ(opened, plain);
  }
}

TEST_P(EveryAead, GivesTheSameInPlaceAsFromOneBufferToAnother) {
  const Bytes plain = random_.bytes(100);
  const Bytes sealed = seal(plain);
  Bytes buffer = plain;
  buffer.resize(plain.size() + size_.tag);
  ASSERT_TRUE(aead_->seal(nonce_, aad_, ByteView(buffer).first(plain.size()), buffer));
  EXPECT_EQ(buffer, sealed);
  ASSERT_TRUE(aead_->open(nonce_, aad_, buffer, MutableBytes(buffer).first(plain.size())));
  EXPECT_TRUE(equal(ByteView(buffer).first(plain.size()), plain));
}

TEST_P(EveryAead, GivesTheSameForAPlaintextInTwoParts) {
  for (std::size_t size : {1, 2, 17, 65, 300, 1200, 5000, 9000}) {
    const Bytes plain = random_.bytes(size);
    const Bytes sealed = seal(plain);
    for (std::size_t first : {std::size_t{0}, std::size_t{1}, size / 2, size}) {
      Bytes joined(sealed.size());
      ASSERT_TRUE(aead_->seal_parts(nonce_, aad_, ByteView(plain).first(first),
                                    ByteView(plain).subspan(first), joined));
      EXPECT_EQ(joined, sealed) << size << " " << first;
    }
    Bytes tight(size_.tag - 1);
    EXPECT_EQ(aead_->seal_parts(nonce_, aad_, plain, {}, tight).error(), Error::kInvalidArgument);
  }
}

// The two implementations that share an algorithm must be one to whoever looks from outside.
TEST(ChaCha20Poly1305, IsTheSameBelowAndAboveTheSizeWhereTheLibraryChanges) {
  SeededRandom random;
  const Bytes key = random.bytes(32), nonce = random.bytes(12), aad = random.bytes(11);
  auto either = *make_aead(AeadAlgorithm::kChaCha20Poly1305, key);
  auto one = *make_chacha20_poly1305(key);
  for (std::size_t size = 860; size < 920; ++size) {
    const Bytes plain = random.bytes(size);
    Bytes ours(size + 16), theirs(size + 16), opened(size);
    ASSERT_TRUE(either->seal(nonce, aad, plain, ours));
    ASSERT_TRUE(one->seal(nonce, aad, plain, theirs));
    EXPECT_EQ(ours, theirs) << size;
    ASSERT_TRUE(either->open(nonce, aad, theirs, opened));
    EXPECT_EQ(opened, plain);
  }
}

TEST_P(EveryAead, RefusesEveryChangedByteAndGivesNoTextAway) {
  const Bytes plain(40, 0x61);
  Bytes sealed = seal(plain);
  for (std::uint8_t& byte : sealed) {
    byte ^= 0x10;
    Bytes opened(plain.size(), 0);
    EXPECT_EQ(aead_->open(nonce_, aad_, sealed, opened).error(), Error::kUnauthenticated);
    EXPECT_EQ(opened, Bytes(plain.size(), 0)) << "unverified text must not reach the caller";
    byte ^= 0x10;
  }
  for (Bytes* input : {&nonce_, &aad_}) {
    input->back() ^= 1;
    Bytes opened(plain.size());
    EXPECT_EQ(aead_->open(nonce_, aad_, sealed, opened).error(), Error::kUnauthenticated);
    input->back() ^= 1;
  }
  Bytes opened(plain.size());
  EXPECT_TRUE(aead_->open(nonce_, aad_, sealed, opened)) << "the unchanged one still opens";
}

TEST_P(EveryAead, RefusesBuffersAndKeysOfTheWrongSize) {
  const Bytes plain(8);
  Bytes sealed(plain.size() + size_.tag);
  Bytes opened(plain.size());
  Bytes larger(sealed.size() + 1);
  EXPECT_EQ(aead_->seal(nonce_, aad_, plain, larger).error(), Error::kInvalidArgument);
  EXPECT_EQ(aead_->open(nonce_, aad_, larger, opened).error(), Error::kInvalidArgument);
  EXPECT_EQ(aead_->open(nonce_, aad_, Bytes(size_.tag - 1), {}).error(), Error::kInvalidArgument);
  nonce_.pop_back();
  EXPECT_EQ(aead_->seal(nonce_, aad_, plain, sealed).error(), Error::kInvalidArgument);
  key_.pop_back();
  EXPECT_EQ(make_aead(GetParam(), key_).error(), Error::kInvalidArgument);
}

INSTANTIATE_TEST_SUITE_P(
    Aead, EveryAead,
    testing::Values(AeadAlgorithm::kChaCha20Poly1305, AeadAlgorithm::kXChaCha20Poly1305,
                    AeadAlgorithm::kAes128Gcm, AeadAlgorithm::kAes256Gcm,
                    AeadAlgorithm::kAes128CtrHmacSha256_80, AeadAlgorithm::kAes128CtrHmacSha256_64,
                    AeadAlgorithm::kAes128CtrHmacSha256_32, AeadAlgorithm::kAes256CtrHmacSha512_80,
                    AeadAlgorithm::kAes256CtrHmacSha512_64,
                    AeadAlgorithm::kAes256CtrHmacSha512_32));

}  // namespace
}  // namespace sotto
