#include "media/shell.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/hex.h"
#include "shared/captured_frames.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr Codec kCodecs[] = {Codec::kOpus, Codec::kVp8,  Codec::kVp9,
                             Codec::kAv1,  Codec::kH264, Codec::kH265};
constexpr Codec kPrefixCodecs[] = {Codec::kOpus, Codec::kVp8, Codec::kVp9, Codec::kAv1};

Bytes wrapped(Codec codec, bool key_frame, ByteView frame, ByteView blob) {
  Bytes wire(max_wire_size(codec, blob.size()));
  wire.resize(wrap(codec, key_frame, frame, blob, wire).value());
  return wire;
}

Result<Bytes> unwrapped(Codec codec, ByteView wire) {
  Bytes out(wire.size());
  TRY(const ByteView blob, unwrap(codec, wire, out));
  return Bytes(blob.begin(), blob.end());
}

TEST(Shell, HasTheConstantsOfTheTable) {
  const Bytes blob = {0xb1, 0x0b};
  EXPECT_EQ(to_hex(wrapped(Codec::kOpus, false, {}, blob)), "b10b");
  EXPECT_EQ(to_hex(wrapped(Codec::kVp9, true, {}, blob)), "b10b");
  EXPECT_EQ(to_hex(wrapped(Codec::kVp9, false, {}, blob)), "b10b");
  EXPECT_EQ(to_hex(wrapped(Codec::kVp8, true, {}, blob)), "1000009d012a10001000b10b");
  EXPECT_EQ(to_hex(wrapped(Codec::kVp8, false, {}, blob)), "11b10b");
  EXPECT_EQ(to_hex(wrapped(Codec::kAv1, true, {}, blob)), "08b10b");
  EXPECT_EQ(to_hex(wrapped(Codec::kAv1, false, {}, blob)), "30b10b");
  EXPECT_EQ(to_hex(wrapped(Codec::kH264, false, {}, blob)), "0000000141e0b10b80");
  EXPECT_EQ(to_hex(wrapped(Codec::kH265, false, {}, blob)), "000000010201d0b10b80");
}

TEST(Shell, GivesBackEveryBlobOfEveryCodec) {
  SeededRandom random;
  const Bytes idr = *from_hex("0000000167426d00000168ce000001658804");  // any annex B will do
  for (int round = 0; round < 500; ++round) {
    const Bytes blob = random.bytes(1 + random.below(2000));
    for (Codec codec : kCodecs) {
      for (bool key : {false, true}) {
        EXPECT_EQ(*unwrapped(codec, wrapped(codec, key, idr, blob)), blob) << name(codec);
      }
    }
  }
}

// The captured frames themselves taken as blobs, in shells made from them.
TEST(Shell, CarriesRealFramesBitExactly) {
  for_every_captured_frame([](Codec codec, const CapturedFrame& frame) {
    const Bytes wire = wrapped(codec, frame.key_frame, frame.bytes, frame.bytes);
    ASSERT_LE(wire.size(), max_wire_size(codec, frame.bytes.size()));
    ASSERT_EQ(*unwrapped(codec, wire), frame.bytes) << name(codec);
  });
}

TEST(Shell, OfAv1IsFoundBehindTheSizeFieldAndDelimiterOfAReceiver) {
  const Bytes blob = SeededRandom().bytes(300);
  for (const char* start : {"0a", "32", "12000a", "120032"}) {
    Bytes wire = *from_hex(start);
    wire.insert(wire.end(), {0xac, 0x02});  // leb128 of 300
    wire.insert(wire.end(), blob.begin(), blob.end());
    EXPECT_EQ(*unwrapped(Codec::kAv1, wire), blob) << start;
    wire.push_back(0);
    EXPECT_EQ(unwrapped(Codec::kAv1, wire).error(), Error::kMalformed) << "something follows";
  }
  EXPECT_EQ(unwrapped(Codec::kAv1, *from_hex("7aaa")).error(), Error::kTruncated);
  EXPECT_EQ(unwrapped(Codec::kAv1, *from_hex("78aa")).error(), Error::kMalformed) << "padding OBU";
}

TEST(Shell, IsNeverPassedThroughWhenItHoldsNothing) {
  for (Codec codec : kCodecs) {
    EXPECT_FALSE(unwrapped(codec, {})) << name(codec);
  }
  EXPECT_EQ(unwrapped(Codec::kVp8, *from_hex("1000009d012a100010")).error(), Error::kTruncated);
  EXPECT_EQ(unwrapped(Codec::kVp8, *from_hex("1000009d012a10001000")).error(), Error::kTruncated);
  EXPECT_EQ(unwrapped(Codec::kVp8, *from_hex("11")).error(), Error::kTruncated);
  EXPECT_EQ(unwrapped(Codec::kAv1, *from_hex("30")).error(), Error::kTruncated);
  EXPECT_EQ(unwrapped(Codec::kH264, *from_hex("000000016742")).error(), Error::kTruncated);
  EXPECT_EQ(unwrapped(Codec::kH265, *from_hex("000000014201")).error(), Error::kTruncated);
}

TEST(Shell, IsNotMadeAroundNothingOrInTooLittleRoom) {
  Bytes out(3000);
  const Bytes blob(100);
  for (Codec codec : kCodecs) {
    EXPECT_EQ(wrap(codec, false, {}, {}, out).error(), Error::kInvalidArgument);
    const std::size_t enough = max_wire_size(codec, blob.size());
    EXPECT_TRUE(wrap(codec, false, {}, blob, MutableBytes(out).first(enough)));
    EXPECT_EQ(wrap(codec, false, {}, blob, MutableBytes(out).first(enough - 1)).error(),
              Error::kBufferTooSmall);
  }
}

TEST(Shell, MayHaveItsBlobInPlaceBehindThePrefix) {
  const Bytes blob = SeededRandom().bytes(64);
  for (Codec codec : kPrefixCodecs) {
    Bytes out(max_wire_size(codec, blob.size()));
    const std::size_t prefix = shell_prefix(codec, true)->size();
    std::copy(blob.begin(), blob.end(), out.begin() + static_cast<std::ptrdiff_t>(prefix));
    const auto size = wrap(codec, true, {}, ByteView(out).subspan(prefix, blob.size()), out);
    ASSERT_TRUE(size);
    EXPECT_EQ(*unwrapped(codec, ByteView(out).first(*size)), blob);
  }
  for (Codec codec : {Codec::kH264, Codec::kH265}) {
    EXPECT_EQ(shell_prefix(codec, true).error(), Error::kInvalidArgument);
  }
}

}  // namespace
}  // namespace sotto
