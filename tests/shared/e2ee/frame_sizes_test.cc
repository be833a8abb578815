// Frames up to 4 MiB, which is what the browser module takes, of every codec; and layers of one
// stream of which some are lost.
#include <gtest/gtest.h>

#include <vector>

#include "shared/captured_frames.h"
#include "shared/e2ee/one_stream.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kLargest = std::size_t{4} << 20;  // wasm/src/worker/frame.ts: MAX_FRAME_BYTES
constexpr std::size_t kLargestWire = std::size_t{7} << 20;  // MAX_WIRE_BYTES

class FrameSizes : public OneStream {
 protected:
  bool opens(Codec codec, ByteView wire, ByteView frame) {
    out_.resize(wire.size());
    const auto opened = opener_.open(codec, wire, out_);
    return opened && equal(opened->frame, frame);
  }
};

// Begins like an access unit, so that an H.265 key frame can be read; the rest is of one value or
// noise.
Bytes large_frame(std::size_t size, int filling) {
  Bytes frame =
      filling < 0 ? SeededRandom().bytes(size) : Bytes(size, static_cast<std::uint8_t>(filling));
  const std::uint8_t start[] = {0, 0, 0, 1, 0x26, 1, 0xaf};
  std::copy(std::begin(start), std::end(start), frame.begin());
  return frame;
}

TEST_F(FrameSizes, UpTo4MiBOfEveryCodecSealAndOpen) {
  for (Codec codec :
       {Codec::kOpus, Codec::kVp8, Codec::kVp9, Codec::kAv1, Codec::kH264, Codec::kH265}) {
    for (const int filling : {-1, 0x77}) {
      for (const std::size_t size : {kLargest - 1, kLargest}) {
        const Bytes frame = large_frame(size, filling);
        for (const bool key : {false, true}) {
          const Bytes wire = seal(codec, key, frame);
          EXPECT_LE(wire.size(), kLargestWire) << name(codec);
          EXPECT_TRUE(opens(codec, wire, frame)) << name(codec) << " " << size << key;
        }
      }
    }
  }
}

// The worst that emulation prevention can do to a blob of this size still fits what receivers take.
TEST_F(FrameSizes, AreBelowTheReceiversLimitInTheWorstShell) {
  for (Codec codec : {Codec::kH264, Codec::kH265}) {
    EXPECT_LE(sealer_.max_sealed_size(codec, kLargest), kLargestWire) << name(codec);
  }
}

TEST_F(FrameSizes, OfEveryLengthOfASmallFrameOpen) {
  for (Codec codec :
       {Codec::kOpus, Codec::kVp8, Codec::kVp9, Codec::kAv1, Codec::kH264, Codec::kH265}) {
    for (std::size_t size = 0; size < 2100; size += size < 80 ? 1 : 37) {
      const Bytes frame(size, 0);
      EXPECT_TRUE(opens(codec, seal(codec, false, frame), frame)) << name(codec) << " " << size;
    }
  }
}

// An SFU drops spatial layers for good, and temporal ones now and then: each of those left is
// whole.
TEST_F(FrameSizes, OfLayersThatAreLeftOpenWhateverWasDropped) {
  const auto frames = read_captured(SOTTO_FIXTURES "/frames/vp9.bin");
  ASSERT_GE(frames.size(), 3u);
  for (std::size_t keep = 1; keep < 8; ++keep) {
    for (std::size_t i = 0; i < 200; ++i) {
      const CapturedFrame& frame = frames[i % frames.size()];
      const Bytes wire = seal(Codec::kVp9, frame.key_frame, frame.bytes);
      if (i % 8 >= keep) continue;
      EXPECT_TRUE(opens(Codec::kVp9, wire, frame.bytes)) << keep << " " << i;
    }
  }
}

}  // namespace
}  // namespace sotto
