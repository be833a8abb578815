#include "compat/livekit.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "crypto/pbkdf2.h"
#include "media/h264_nal.h"
#include "shared/compat/call.h"

namespace sotto {
namespace {

Frame bytes(const std::string& hex) {
  return from_hex(hex).value();
}

Frame counting(std::size_t size) {
  Frame out(size);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i);
  return out;
}

// "Hello, LiveKit" as WebCrypto seals it after the published facts, under key 3 and one IV.
constexpr char kTrailer[] =
    "1111111100001000"
    "00000f00"
    "0c03";

class LiveKitTest : public testing::Test {
 protected:
  std::unique_ptr<Participant> make(bool key_256 = false) {
    return participant(FrameFormat::kLiveKit, random_, {.key_256 = key_256});
  }
  Opened hello(Participant& receiver, const std::string& sealed) {
    return open(receiver, facts(Codec::kOpus, 0x1000, 0x11111111), bytes(sealed + kTrailer));
  }

  SeededRandom random_;
  const Frame hello_ = {'H', 'e', 'l', 'l', 'o', ',', ' ', 'L', 'i', 'v', 'e', 'K', 'i', 't'};
};

TEST_F(LiveKitTest, OpensWhatWasSealedUnderARawKey) {
  auto receiver = make();
  ASSERT_TRUE(receiver->set_key(3, KeyKind::kRaw, counting(32), at_second(0)));
  const Opened out =
      hello(*receiver, "48251aa160346f94302403adc88d9ff920875f466ae744a383c50f3335f6");
  EXPECT_EQ(out.frame, hello_);
  EXPECT_EQ(out.media.counter, 0x100u);
}

TEST_F(LiveKitTest, OpensWhatWasSealedUnderAKeyOf256Bits) {
  auto receiver = make(true);
  ASSERT_TRUE(receiver->set_key(3, KeyKind::kRaw, counting(32), at_second(0)));
  EXPECT_EQ(hello(*receiver, "48a3ef2dd0866adc8438464df6fb1fca747ca9409be431094ec8257fc7b4").frame,
            hello_);
}

TEST_F(LiveKitTest, OpensWhatWasSealedAfterARatchet) {
  auto receiver = make();
  ASSERT_TRUE(receiver->set_key(3, KeyKind::kRaw, counting(32), at_second(0)));
  const Opened out =
      hello(*receiver, "48b7c8ad391c6711c77f55708240cbcdb1224a7fd4ce7330509567677d67");
  EXPECT_EQ(out.frame, hello_);
  EXPECT_TRUE(out.media.ratcheted);
}

TEST_F(LiveKitTest, OpensWhatWasSealedUnderAPassphraseButNeverRatchetsOne) {
  auto receiver = make();
  ASSERT_TRUE(receiver->set_key(3, KeyKind::kPassphrase, as_bytes("a passphrase"), at_second(0)));
  EXPECT_EQ(hello(*receiver, "484572299495ea0e4164594bc6512547b84737a03deae89d25328bdaf87b").frame,
            hello_);
  EXPECT_EQ(receiver->ratchet(3, at_second(1)).error(), Error::kWrongState);
}

TEST_F(LiveKitTest, TakesAPassphraseThatThePageHasStretched) {
  Secret<32> stretched;
  ASSERT_TRUE(pbkdf2_sha256(as_bytes("a passphrase"), as_bytes("LKFrameEncryptionKey"), 100'000,
                            stretched.writable()));
  auto receiver = make();
  ASSERT_TRUE(receiver->set_key(3, KeyKind::kStretched, stretched.view(), at_second(0)));
  EXPECT_EQ(hello(*receiver, "484572299495ea0e4164594bc6512547b84737a03deae89d25328bdaf87b").frame,
            hello_);
  EXPECT_EQ(receiver->ratchet(3, at_second(1)).error(), Error::kWrongState);
  EXPECT_EQ(receiver->set_key(3, KeyKind::kStretched, Frame(16), at_second(0)).error(),
            Error::kInvalidArgument);
}

TEST_F(LiveKitTest, TakesKeysOfSensibleSizes) {
  auto receiver = make();
  for (std::size_t size : {0u, 1u, 15u, 257u}) {
    EXPECT_EQ(receiver->set_key(0, KeyKind::kRaw, Frame(size), at_second(0)).error(),
              Error::kInvalidArgument);
  }
  for (std::size_t size : {16u, 32u, 64u, 256u}) {
    EXPECT_TRUE(receiver->set_key(0, KeyKind::kRaw, Frame(size), at_second(0)));
  }
  EXPECT_EQ(receiver->set_key(0, KeyKind::kPassphrase, {}, at_second(0)).error(),
            Error::kInvalidArgument);
  EXPECT_EQ(receiver->set_key(0, KeyKind::kPassphrase, Frame(1025, 'a'), at_second(0)).error(),
            Error::kInvalidArgument);
}

TEST_F(LiveKitTest, WritesTheIvOfTheFormat) {
  auto sender = make();
  ASSERT_TRUE(sender->set_key(0, KeyKind::kRaw, counting(32), at_second(0)));
  ASSERT_TRUE(sender->use_key(0, at_second(0)));
  std::uint32_t last_count = 0;
  for (std::uint32_t i = 0; i < 3; ++i) {
    const Frame wire = seal(*sender, facts(Codec::kVp9, 1000 + i, 0xabcdef01), hello_).value();
    const std::string iv = to_hex(ByteView(wire).last(14).first(8));
    EXPECT_EQ(iv, "abcdef01000003" + to_hex(Frame{static_cast<std::uint8_t>(0xe8 + i)}));
    std::uint32_t word = 0;
    for (std::uint8_t byte : ByteView(wire).last(6).first(4)) word = word << 8 | byte;
    const std::uint32_t count = 1000 + i - word;
    if (i > 0) {
      EXPECT_EQ(count, last_count + 1);
    }
    last_count = count;
  }
}

// The clear bytes of a NAL stream end two bytes into the first slice, and nothing behind them may
// look like a start code: seen here with many counts, so that escapes do occur.
TEST_F(LiveKitTest, EscapesWhatFollowsTheFirstSliceHeader) {
  auto sender = make();
  auto receiver = make();
  for (Participant* one : {sender.get(), receiver.get()}) {
    ASSERT_TRUE(one->set_key(0, KeyKind::kRaw, counting(32), at_second(0)));
    ASSERT_TRUE(one->use_key(0, at_second(0)));
  }
  const Frame short_codes = bytes("00000167010203000001684400000165888000000100000200000300");
  const Frame wide_codes = bytes(
      "0000000167010203000000016844000000016588"
      "8000000100000200000300");
  bool escaped = false;
  for (std::uint32_t i = 0; i < 4000; ++i) {
    // An IV with zeros in it must be escaped.
    const FrameFacts where = facts(Codec::kH264, i << 16, 1);
    const Frame wire = seal(*sender, where, short_codes).value();
    NalSplitter units = NalSplitter::of(wire).value();
    int count = 0;
    while (units.next()) ++count;
    ASSERT_EQ(count, 3);
    escaped = escaped || wire.size() > wide_codes.size() + 30 + 1;
    ASSERT_EQ(open(*receiver, where, wire).frame, wide_codes) << i;
  }
  EXPECT_TRUE(escaped);
}

TEST_F(LiveKitTest, FollowsARatchetInEscapedFramesToo) {
  auto sender = make();
  auto receiver = make();
  for (Participant* one : {sender.get(), receiver.get()}) {
    ASSERT_TRUE(one->set_key(0, KeyKind::kRaw, counting(32), at_second(0)));
    ASSERT_TRUE(one->use_key(0, at_second(0)));
  }
  const Frame frame = bytes("00000001260188000001000002000003000088");
  for (std::uint32_t i = 1; i < 20; ++i) {
    for (std::uint32_t step = 0; step < i % 9; ++step)
      ASSERT_TRUE(sender->ratchet(0, at_second(1)));
    const FrameFacts where = facts(Codec::kH265, i << 16, 1);
    const Opened out = open(*receiver, where, seal(*sender, where, frame).value());
    EXPECT_EQ(out.frame, frame) << i << " " << out.error;
    EXPECT_EQ(out.media.ratcheted, i % 9 != 0);
  }
}

TEST_F(LiveKitTest, TakesNothingThatTheServerSignsWithATrailer) {
  auto receiver = make();
  ASSERT_TRUE(receiver->set_key(0, KeyKind::kRaw, counting(32), at_second(0)));
  Frame silence(80, 0);
  silence[0] = 0xf8;
  for (std::uint8_t byte : as_bytes("a server's trailer")) silence.push_back(byte);
  EXPECT_FALSE(open(*receiver, facts(Codec::kOpus, 1), silence).ok());
}

}  // namespace
}  // namespace sotto
