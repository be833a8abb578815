// What a server can build out of the frames that pass through it, without any key: other shells,
// other codecs' names, pieces of one frame in another. Whatever it does, a receiver shows exactly
// what a sender sealed, as what the sender said it is, once; or nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "base/hex.h"
#include "shared/e2ee/one_stream.h"
#include "shared/media/h265_access_unit.h"

namespace sotto {
namespace {

constexpr Codec kCodecs[] = {Codec::kOpus, Codec::kVp8,  Codec::kVp9,
                             Codec::kAv1,  Codec::kH264, Codec::kH265};

// A frame that every shell can be made for.
Bytes plain_frame(std::uint8_t filling, std::size_t size = 2300) {
  Bytes frame(size, filling);
  const std::uint8_t start[] = {0, 0, 0, 1, 0x26, 1, 0xaf};
  std::copy(std::begin(start), std::end(start), frame.begin());
  return frame;
}

class HostileSfu : public OneStream {
 protected:
  Result<OpenedFrame> open(Codec codec, ByteView wire) {
    out_.assign(wire.size(), 0);
    return opener_.open(codec, wire, out_);
  }
  // Eight bytes in a row: of ciphertext single ones are there by chance.
  bool left_in_buffer(std::uint8_t filling) const {
    return std::search_n(out_.begin(), out_.end(), 8, filling) != out_.end();
  }
  // The server's work: the blob of a wire, in a shell of its choice.
  static Bytes rewrap(Codec from, ByteView wire, Codec to, bool key_frame) {
    Bytes room(wire.size());
    const ByteView blob = unwrap(from, wire, room).value();
    Bytes made(max_wire_size(to, blob.size()));
    made.resize(wrap(to, key_frame, plain_frame(0x11), blob, made).value());
    return made;
  }
};

TEST_F(HostileSfu, CannotShowAFrameAsAnotherCodecs) {
  for (const Codec sealed : kCodecs) {
    for (const Codec claimed : kCodecs) {
      for (const bool key : {false, true}) {
        const Bytes frame = plain_frame(0x3c);
        const Bytes wire = rewrap(sealed, seal(sealed, key, frame), claimed, key);
        const auto opened = open(claimed, wire);
        if (sealed == claimed) {
          ASSERT_TRUE(opened) << name(sealed);
          EXPECT_TRUE(equal(opened->frame, frame));
        } else {
          EXPECT_EQ(opened.error(), Error::kWrongState) << name(sealed) << name(claimed);
          EXPECT_FALSE(left_in_buffer(0x3c));
        }
      }
    }
  }
}

// A bare wire under another codec's name: what it takes for a shell may be anything.
TEST_F(HostileSfu, GainsNothingByAnotherMimeType) {
  for (const Codec sealed : kCodecs) {
    for (const Codec claimed : kCodecs) {
      if (sealed == claimed) continue;
      const Bytes wire = seal(sealed, true, plain_frame(0x3c));
      EXPECT_FALSE(open(claimed, wire)) << name(sealed) << name(claimed);
      EXPECT_FALSE(left_in_buffer(0x3c));
    }
  }
}

TEST_F(HostileSfu, CannotMakeAKeyFrameOfADeltaFrameNorTheReverse) {
  for (const Codec codec : kCodecs) {
    if (!is_video(codec)) continue;
    for (const bool truth : {false, true}) {
      const Bytes frame = plain_frame(0x42);
      const auto opened = open(codec, rewrap(codec, seal(codec, truth, frame), codec, !truth));
      ASSERT_TRUE(opened) << name(codec);
      EXPECT_EQ(opened->info.key_frame, truth) << name(codec);
    }
  }
}

// Slices of two frames of one size, exchanged, left out, twice, or in another order.
TEST_F(HostileSfu, CannotJoinPiecesOfFrames) {
  const Codec codec = Codec::kH264;
  const Bytes one = seal(codec, false, plain_frame(1)), two = seal(codec, false, plain_frame(2));
  const std::vector<Bytes> a = nal_units(one), b = nal_units(two);
  ASSERT_EQ(a.size(), 3u);
  const auto joined = [](const std::vector<Bytes>& units) {
    Bytes stream;
    for (const Bytes& unit : units) append_nal_unit(stream, unit);
    return stream;
  };
  for (const auto& units : std::vector<std::vector<Bytes>>{{a[0], b[1], a[2]},
                                                           {a[0], a[2]},
                                                           {a[0], a[1]},
                                                           {a[0], a[1], a[2], a[2]},
                                                           {a[0], a[1], a[1], a[2]},
                                                           {a[1], a[0], a[2]},
                                                           {a[0], a[1], a[2], b[0], b[1], b[2]},
                                                           {b[0], a[1], a[2]}}) {
    EXPECT_FALSE(open(codec, joined(units)));
  }
  EXPECT_TRUE(open(codec, joined(a))) << "what was sealed still opens";
  EXPECT_TRUE(open(codec, joined(b)));
  EXPECT_EQ(open(codec, joined(a)).error(), Error::kReplayed);
}

// What is around the slices is nobody's: anything may stand there and changes nothing.
TEST_F(HostileSfu, MayPutAnythingBesideTheSlices) {
  const Bytes frame = plain_frame(9);
  Bytes stream;
  append_nal_unit(stream, Bytes(3000, 0x67));  // a huge "SPS"
  for (const Bytes& unit : nal_units(seal(Codec::kH264, true, frame))) {
    append_nal_unit(stream, Bytes(40, 0x06));  // SEI messages
    append_nal_unit(stream, unit, false);
  }
  const auto opened = open(Codec::kH264, stream);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(equal(opened->frame, frame));
}

TEST_F(HostileSfu, CannotLieAboutTheSizeOfAnObu) {
  const Bytes wire = seal(Codec::kAv1, false, plain_frame(5, 300));
  const ByteView blob = ByteView(wire).subspan(1);
  const auto with_size = [&blob](std::string_view leb128) {
    Bytes made = from_hex("32").value();
    const Bytes size = from_hex(leb128).value();
    made.insert(made.end(), size.begin(), size.end());
    made.insert(made.end(), blob.begin(), blob.end());
    return made;
  };
  // 326 bytes are c6 02 in leb128.
  ASSERT_EQ(blob.size(), 326u);
  for (const char* lie : {"00", "c502", "c702", "ffffffff0f", "ffffffffffffff7f",
                          "ffffffffffffffffff01", "80808080808080808000"}) {
    EXPECT_FALSE(open(Codec::kAv1, with_size(lie))) << lie;
  }
  EXPECT_TRUE(open(Codec::kAv1, with_size("c68200"))) << "longer than necessary is the same number";
}

// The shell's own bytes prove nothing, so a shell around nothing, or around a header alone, is
// none.
TEST_F(HostileSfu, GetsNothingOutOfShellsWithTooLittleInThem) {
  for (const Codec codec : kCodecs) {
    const Bytes wire = seal(codec, false, plain_frame(1, 60));
    Bytes room(wire.size());
    const ByteView found = unwrap(codec, wire, room).value();
    const Bytes blob(found.begin(), found.end());
    for (std::size_t size = 1; size < blob.size(); ++size) {
      Bytes made(max_wire_size(codec, size));
      made.resize(wrap(codec, false, {}, ByteView(blob).first(size), made).value());
      EXPECT_FALSE(open(codec, made)) << name(codec) << " " << size;
    }
    EXPECT_TRUE(open(codec, wire)) << "and the window has not moved";
  }
}

}  // namespace
}  // namespace sotto
