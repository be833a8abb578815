#include "sframe/decryptor.h"

#include <gtest/gtest.h>

#include <vector>

#include "sframe/encryptor.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint8_t kBaseKey[32] = {3, 1, 4};
constexpr std::uint64_t kKid = 0x0102030405060708;

class DecryptorTest : public testing::Test {
 protected:
  Encryptor sender_ = *Encryptor::create(kSottoSuite, kKid, kBaseKey);
  Decryptor receiver_{*Context::create(kSottoSuite, kKid, kBaseKey)};

  Bytes encrypt() {
    Bytes out(sender_.next_size(30));
    EXPECT_TRUE(sender_.encrypt({}, Bytes(30, 0x55), out));
    return out;
  }
  Result<std::size_t> decrypt(ByteView sframe) {
    ByteReader reader(sframe);
    TRY(const Header header, decode_header(reader));
    Bytes plain(sframe.size());
    return receiver_.decrypt(header, reader.position(), {}, sframe, plain);
  }
};

TEST_F(DecryptorTest, TakesAFrameOnce) {
  const Bytes frame = encrypt();
  EXPECT_EQ(*decrypt(frame), 30u);
  EXPECT_EQ(decrypt(frame).error(), Error::kReplayed);
}

TEST_F(DecryptorTest, TakesFramesInAnyOrder) {
  const Bytes first = encrypt();
  const Bytes second = encrypt();
  EXPECT_TRUE(decrypt(second));
  EXPECT_TRUE(decrypt(first));
  EXPECT_EQ(decrypt(second).error(), Error::kReplayed);
}

TEST_F(DecryptorTest, SaysTooOldOfFramesBehindTheWindowAndChangesNothing) {
  const Bytes first = encrypt();
  Bytes last;
  for (std::uint64_t i = 0; i < ReplayWindow::kSize; ++i) last = encrypt();
  ASSERT_TRUE(decrypt(last));
  const ReplayWindow before = receiver_.window();
  EXPECT_EQ(decrypt(first).error(), Error::kTooOld);
  EXPECT_TRUE(receiver_.window() == before);
}

// Without "committed only after authentication", one forged frame with a far CTR would make every
// honest one look too old.
TEST_F(DecryptorTest, IsNotShutByForgedCounters) {
  Bytes forged(60, 0xee);
  ByteWriter writer(forged);
  encode({.kid = kKid, .ctr = 1'000'000'000}, writer);
  EXPECT_EQ(decrypt(forged).error(), Error::kUnauthenticated);
  EXPECT_TRUE(receiver_.window() == ReplayWindow{});
  EXPECT_TRUE(decrypt(encrypt()));
}

}  // namespace
}  // namespace sotto
