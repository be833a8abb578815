#include "e2ee/frame_opener.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "base/hex.h"
#include "e2ee/frame_sealer.h"
#include "e2ee/link_key_provider.h"
#include "shared/captured_frames.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint8_t kBaseKey[32] = {6, 6, 6};
constexpr std::uint64_t kKid = 0x1020304050607080;

struct Receiver {
  KeyStore keys;
  FrameOpener opener{keys};
  Bytes out;

  Receiver() { EXPECT_TRUE(keys.put(kKid, kSottoSuite, kBaseKey)); }

  Result<OpenedFrame> open(Codec codec, ByteView wire) {
    out.assign(wire.size(), 0xcc);
    return opener.open(codec, wire, out);
  }
  bool untouched() const { return keys.find(kKid)->window() == ReplayWindow{}; }
};

class FrameOpenerTest : public testing::Test {
 protected:
  FrameSealer sealer_ = *FrameSealer::create(kKid, kBaseKey);
  Receiver receiver_;

  Bytes seal(Codec codec, bool key_frame, ByteView frame) {
    Bytes wire(sealer_.max_sealed_size(codec, frame.size()));
    wire.resize(sealer_.seal(codec, key_frame, frame, wire).value());
    return wire;
  }
};

TEST_F(FrameOpenerTest, GivesBackEveryCapturedFrameBitExactly) {
  for_every_captured_frame([&](Codec codec, const CapturedFrame& frame) {
    const std::uint64_t ctr = sealer_.next_ctr();
    const auto opened = receiver_.open(codec, seal(codec, frame.key_frame, frame.bytes));
    ASSERT_TRUE(opened) << name(codec) << " " << name(opened.error());
    ASSERT_TRUE(equal(opened->frame, frame.bytes)) << name(codec);
    EXPECT_EQ(opened->info, (FrameInfo{.codec = codec, .key_frame = frame.key_frame}));
    EXPECT_EQ(opened->kid, kKid);
    EXPECT_EQ(opened->ctr, ctr);
  });
}

TEST_F(FrameOpenerTest, OpensAFrameThatWasFoundBeforeOnceAndNoMore) {
  for_every_captured_frame([&](Codec codec, const CapturedFrame& frame) {
    const Bytes wire = seal(codec, frame.key_frame, frame.bytes);
    Bytes out(wire.size());
    const SealedFrame found = find_sealed_frame(codec, wire, out).value();
    EXPECT_EQ(found.header.kid, kKid);
    const auto opened = receiver_.opener.open(codec, found);
    ASSERT_TRUE(opened) << name(codec) << " " << name(opened.error());
    ASSERT_TRUE(equal(opened->frame, frame.bytes)) << name(codec);
    EXPECT_EQ(receiver_.open(codec, wire).error(), Error::kReplayed);
  });
}

TEST_F(FrameOpenerTest, TakesEmptyFrames) {
  EXPECT_EQ(receiver_.open(Codec::kOpus, seal(Codec::kOpus, false, {}))->frame.size(), 0u);
}

// Whatever byte of the wire is changed: the frame comes out as it was (the byte belonged to the
// shell, which means nothing) or not at all, and then the honest frame still gets through.
TEST_F(FrameOpenerTest, RefusesEveryChangedByteAndStaysAsItWas) {
  const Bytes idr = *from_hex("0000000167426d00000168ce000001658804");
  for (Codec codec :
       {Codec::kOpus, Codec::kVp8, Codec::kVp9, Codec::kAv1, Codec::kH264, Codec::kH265}) {
    const Bytes wire = seal(codec, codec != Codec::kOpus, idr);
    std::size_t refused = 0;
    for (std::size_t at = 0; at < wire.size(); ++at) {
      for (int bit : {0, 3, 7}) {
        Bytes changed = wire;
        changed[at] ^= static_cast<std::uint8_t>(1 << bit);
        Receiver receiver;
        const auto opened = receiver.open(codec, changed);
        if (opened) {
          EXPECT_TRUE(equal(opened->frame, idr)) << name(codec) << " " << at;
          continue;
        }
        ++refused;
        EXPECT_TRUE(opened.error() == Error::kUnauthenticated ||
                    opened.error() == Error::kUnknownKey || opened.error() == Error::kMalformed ||
                    opened.error() == Error::kTruncated)
            << name(opened.error());
        EXPECT_TRUE(receiver.untouched()) << name(codec) << " " << at;
        EXPECT_TRUE(receiver.open(codec, wire)) << name(codec) << " " << at;
      }
    }
    const std::size_t sealed = 3 * (idr.size() + 1 + 8 + 1 + 16);
    EXPECT_GE(refused, sealed) << name(codec) << ": every byte behind the shell counts";
  }
}

TEST_F(FrameOpenerTest, RefusesEveryTruncation) {
  for (Codec codec :
       {Codec::kOpus, Codec::kVp8, Codec::kVp9, Codec::kAv1, Codec::kH264, Codec::kH265}) {
    const Bytes wire = seal(codec, false, Bytes(40, 0x31));
    for (std::size_t size = 0; size < wire.size(); ++size) {
      EXPECT_FALSE(receiver_.open(codec, ByteView(wire).first(size))) << name(codec) << size;
    }
    EXPECT_TRUE(receiver_.open(codec, wire));
  }
}

TEST_F(FrameOpenerTest, TakesAFrameOnceInWhicheverSlotItComesAgain) {
  const Bytes wire = seal(Codec::kVp9, false, Bytes(50));
  EXPECT_TRUE(receiver_.open(Codec::kVp9, wire));
  EXPECT_EQ(receiver_.open(Codec::kVp9, wire).error(), Error::kReplayed);
  EXPECT_EQ(receiver_.open(Codec::kOpus, wire).error(), Error::kReplayed);
}

TEST_F(FrameOpenerTest, DoesNotShowOneStreamAsAnother) {
  // Opus and VP9 have the same (empty) shell, so only the sealed byte can tell.
  const Bytes audio = seal(Codec::kOpus, false, Bytes(60, 0x0a));
  EXPECT_EQ(receiver_.open(Codec::kVp9, audio).error(), Error::kWrongState);
  EXPECT_EQ(std::count(receiver_.out.begin(), receiver_.out.end(), 0x0a), 0)
      << "nothing of the refused frame may be left in the buffer";
}

TEST_F(FrameOpenerTest, BelievesTheSealNotTheShellAboutKeyFrames) {
  Bytes wire = seal(Codec::kAv1, false, Bytes(20));
  wire[0] = 0x08;  // the server says: a key frame
  const auto opened = receiver_.open(Codec::kAv1, wire);
  ASSERT_TRUE(opened);
  EXPECT_FALSE(opened->info.key_frame);
}

// A member's authentic frame whose first byte is none of ours.
TEST_F(FrameOpenerTest, RefusesAuthenticFramesWithoutAGoodFirstByte) {
  Encryptor foreign = *Encryptor::create(kSottoSuite, kKid, kBaseKey);
  for (const Bytes& plain : {Bytes{}, Bytes{0x81, 1, 2}, Bytes{0x13}, Bytes{0x02}}) {
    Bytes blob(foreign.next_size(plain.size()));
    ASSERT_TRUE(foreign.encrypt(kFrameMetadata, plain, blob));
    const Error error = receiver_.open(Codec::kOpus, blob).error();
    EXPECT_TRUE(error == Error::kMalformed || error == Error::kUnsupported) << name(error);
  }
}

TEST_F(FrameOpenerTest, RefusesFramesOfAnotherProfileVersion) {
  Encryptor foreign = *Encryptor::create(kSottoSuite, kKid, kBaseKey);
  const Bytes metadata = {0x02};
  const Bytes plain = {0x01, 0xff};
  Bytes blob(foreign.next_size(plain.size()));
  ASSERT_TRUE(foreign.encrypt(metadata, plain, blob));
  EXPECT_EQ(receiver_.open(Codec::kOpus, blob).error(), Error::kUnauthenticated);
}

TEST_F(FrameOpenerTest, SaysWhichKeyIsMissing) {
  FrameSealer stranger = *FrameSealer::create(99, kBaseKey);
  for (Codec codec : {Codec::kVp8, Codec::kH264}) {
    Bytes wire(stranger.max_sealed_size(codec, 10));
    wire.resize(stranger.seal(codec, false, Bytes(10), wire).value());
    EXPECT_EQ(receiver_.open(codec, wire).error(), Error::kUnknownKey);
    EXPECT_EQ(*receiver_.opener.peek_kid(codec, wire, receiver_.out), 99u);
  }
}

TEST_F(FrameOpenerTest, AsksItsProviderForKeysOfAnnouncedKidsOnly) {
  const std::uint8_t secret[32] = {1};
  LinkKeys link = *LinkKeys::from(secret, "room", 0);
  FrameSealer sender = *FrameSealer::create(42, link.base_key(42).view());
  LinkKeyProvider provider(std::move(link));
  KeyStore keys;
  FrameOpener opener(keys, &provider);
  Bytes wire(sender.max_sealed_size(Codec::kOpus, 5));
  wire.resize(sender.seal(Codec::kOpus, false, Bytes(5), wire).value());
  Bytes out(wire.size());
  EXPECT_EQ(opener.open(Codec::kOpus, wire, out).error(), Error::kUnknownKey);
  EXPECT_EQ(keys.size(), 0u);
  ASSERT_TRUE(provider.announce(42));
  EXPECT_TRUE(opener.open(Codec::kOpus, wire, out)) << "the frame waited for its key";
  EXPECT_EQ(keys.size(), 1u);
}

TEST_F(FrameOpenerTest, NeedsRoomForTheWire) {
  const Bytes wire = seal(Codec::kVp8, false, Bytes(10));
  Bytes out(wire.size() - 1);
  EXPECT_EQ(receiver_.opener.open(Codec::kVp8, wire, out).error(), Error::kBufferTooSmall);
  EXPECT_TRUE(receiver_.untouched());
}

TEST(FrameOpenerSuites, OpensFramesOfEverySuite) {
  for (int number : {1, 2, 3, 4, 5, 0xF001}) {
    const auto suite = static_cast<CipherSuite>(number);
    FrameSealer sealer = *FrameSealer::create(3, kBaseKey, suite);
    KeyStore keys;
    ASSERT_TRUE(keys.put(3, suite, kBaseKey));
    FrameOpener opener(keys);
    const Bytes frame(777, 0x17);
    Bytes wire(sealer.max_sealed_size(Codec::kH264, frame.size()));
    wire.resize(sealer.seal(Codec::kH264, false, frame, wire).value());
    Bytes out(wire.size());
    const auto opened = opener.open(Codec::kH264, wire, out);
    ASSERT_TRUE(opened) << number;
    EXPECT_TRUE(equal(opened->frame, frame)) << number;
  }
}

}  // namespace
}  // namespace sotto
