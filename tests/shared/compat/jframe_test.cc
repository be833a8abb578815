#include "compat/jframe.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "shared/compat/call.h"

namespace sotto {
namespace {

// "Hello, LiveKit" as WebCrypto seals it after the published facts, under key 3 and one IV.
constexpr char kSealed[] =
    "4873ed94c38f15a0ca285d23df8faf8db1027a90c179b0ceaa7fd9f1cfdc111111110000100000000f000c03";
constexpr char kRatcheted[] =
    "485a077de15af17dba12ce7e9d3121de04052d4ae809d2315d54c66e8639111111110000100000000f000c03";

class JFrameTest : public testing::Test {
 protected:
  JFrameTest() {
    Frame key(32);
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i);
    EXPECT_TRUE(receiver_->set_key(3, KeyKind::kRaw, key, at_second(0)));
  }
  Opened opened(const char* wire) {
    return open(*receiver_, facts(Codec::kOpus, 0x1000, 0x11111111), from_hex(wire).value());
  }

  SeededRandom random_;
  std::unique_ptr<Participant> receiver_ = participant(FrameFormat::kJFrame, random_);
};

TEST_F(JFrameTest, OpensWhatWasSealedUnderTheKey) {
  const Opened out = opened(kSealed);
  EXPECT_EQ(as_text(out.frame), "Hello, LiveKit");
  EXPECT_EQ(out.media.counter, 0xf00u);
}

TEST_F(JFrameTest, OpensWhatWasSealedAfterARatchet) {
  const Opened out = opened(kRatcheted);
  EXPECT_EQ(as_text(out.frame), "Hello, LiveKit");
  EXPECT_TRUE(out.media.ratcheted);
}

TEST_F(JFrameTest, TakesKeysOf32BytesAndNoPassphrases) {
  for (std::size_t size : {0u, 16u, 31u, 33u}) {
    EXPECT_EQ(receiver_->set_key(0, KeyKind::kRaw, Frame(size), at_second(0)).error(),
              Error::kInvalidArgument);
  }
  EXPECT_EQ(
      receiver_->set_key(0, KeyKind::kPassphrase, as_bytes("a passphrase"), at_second(0)).error(),
      Error::kInvalidArgument);
}

}  // namespace
}  // namespace sotto
