#include "rtp/frame_info.h"

#include <gtest/gtest.h>

#include "native-bridge/rtp/captured_packets.h"
#include "rtp/extension_reader.h"
#include "rtp/vp8_descriptor.h"
#include "rtp/vp9_descriptor.h"
#include "support/seeded_random.h"

namespace sotto::bridge {
namespace {

std::optional<Codec> codec_of(const Capture& capture, std::uint8_t payload_type) {
  const auto found = capture.formats.find(payload_type);
  if (found == capture.formats.end()) return std::nullopt;
  for (Codec codec : {Codec::kVp8, Codec::kVp9, Codec::kH264, Codec::kAv1, Codec::kOpus}) {
    if (found->second.starts_with(name(codec))) return codec;
  }
  return std::nullopt;
}

struct Seen {
  int packets = 0;
  int key_frames = 0;
  int frame_ends = 0;
};

// Looks at every media packet of a capture's `codec`, with descriptors or without.
Seen look(const Capture& capture, Codec codec, bool use_descriptor) {
  Seen seen;
  std::map<std::uint32_t, DependencyDescriptorParser> parsers;
  for (const CapturedPacket& captured : capture.packets) {
    if (captured.rtcp || !captured.from_browser) continue;
    const auto view = RtpView::parse(captured.bytes);
    if (codec_of(capture, view->payload_type()) != codec || view->payload().empty()) continue;
    const ExtensionValues values(*view, capture.extensions);
    std::optional<DependencyDescriptor> descriptor;
    if (use_descriptor && values.has(Extension::kDependencyDescriptor)) {
      auto parsed = parsers[view->ssrc()].parse(values[Extension::kDependencyDescriptor],
                                                view->sequence_number());
      if (parsed) descriptor = *parsed;
    }
    const auto info =
        inspect_frame(codec, view->marker(), view->payload(), descriptor ? &*descriptor : nullptr);
    EXPECT_TRUE(info);
    if (!info) return seen;
    ++seen.packets;
    seen.key_frames += info->key_frame;
    seen.frame_ends += info->frame_end;
  }
  return seen;
}

TEST(FrameInfo, EveryMediaPacketOfRealBrowsersIsUnderstood) {
  int packets = 0;
  for (const auto& [capture_name, capture] : all_captures()) {
    SCOPED_TRACE(capture_name);
    for (Codec codec : {Codec::kVp8, Codec::kVp9, Codec::kAv1, Codec::kOpus}) {
      const Seen plain = look(capture, codec, false);
      const Seen described = look(capture, codec, true);
      EXPECT_EQ(plain.packets, described.packets);
      EXPECT_GE(plain.key_frames, plain.packets > 0 ? 1 : 0);
      // The descriptor and the payload tell of the same key frames.
      EXPECT_EQ(plain.key_frames, described.key_frames);
      packets += plain.packets;
    }
    if (capture_name.find("h264") != std::string::npos) {
      EXPECT_GE(look(capture, Codec::kH264, false).key_frames, 1);
    }
  }
  std::cout << packets << " media packets\n";
  EXPECT_GT(packets, 100);
}

// What must stay clear of the payload, in bytes: the descriptor and the codec's shell.
std::size_t clear_bytes(Codec codec, ByteView payload) {
  switch (codec) {
    case Codec::kVp8: {
      const auto descriptor = Vp8Descriptor::parse(payload);
      return descriptor->size + (descriptor->frame_start() ? 1 : 0);
    }
    case Codec::kVp9:
      return Vp9Descriptor::parse(payload)->size;
    case Codec::kH264:
      return (payload[0] & 0x1f) == 28 ? 2 : 1;
    case Codec::kAv1:
      return 1;
    case Codec::kOpus:
      break;
  }
  return 0;
}

TEST(FrameInfo, ARandomPayloadGivesTheSameAnswer) {
  test::SeededRandom random(7);
  int compared = 0;
  for (const auto& [capture_name, capture] : all_captures()) {
    for (const CapturedPacket& captured : capture.packets) {
      if (captured.rtcp || !captured.from_browser) continue;
      const auto view = RtpView::parse(captured.bytes);
      const auto codec = codec_of(capture, view->payload_type());
      if (!codec || view->payload().empty()) continue;
      const ByteView payload = view->payload();
      // Parameter sets travel in clear, so STAP-A keeps its list of sizes.
      if (*codec == Codec::kH264 && (payload[0] & 0x1f) == 24) continue;
      std::vector<std::uint8_t> blind(payload.begin(), payload.end());
      const std::size_t clear = clear_bytes(*codec, payload);
      random.fill(MutableBytes(blind).subspan(std::min(clear, blind.size())));
      // P is one bit of its byte.
      if (*codec == Codec::kVp8 && Vp8Descriptor::parse(payload)->frame_start()) {
        blind[clear - 1] =
            static_cast<std::uint8_t>((random.u32() & 0xfe) | (blind[clear - 1] & 1));
      }
      const auto before = inspect_frame(*codec, view->marker(), payload, nullptr);
      const auto after = inspect_frame(*codec, view->marker(), blind, nullptr);
      ASSERT_TRUE(before && after) << capture_name;
      EXPECT_EQ(before->key_frame, after->key_frame);
      EXPECT_EQ(before->frame_start, after->frame_start);
      EXPECT_EQ(before->frame_end, after->frame_end);
      EXPECT_EQ(before->spatial, after->spatial);
      EXPECT_EQ(before->temporal, after->temporal);
      EXPECT_EQ(before->discardable, after->discardable);
      EXPECT_EQ(before->switching_point, after->switching_point);
      EXPECT_EQ(before->picture_id, after->picture_id);
      EXPECT_EQ(before->tl0_picture_index, after->tl0_picture_index);
      ++compared;
    }
  }
  std::cout << compared << " payloads compared\n";
  EXPECT_GT(compared, 100);
}

TEST(FrameInfo, KnowsTheShellsOfEncryptedFrames) {
  // VP8: descriptor, then the shell's first byte.
  EXPECT_TRUE(inspect_frame(Codec::kVp8, false, *from_hex("9080011000"), nullptr)->key_frame);
  EXPECT_FALSE(inspect_frame(Codec::kVp8, false, *from_hex("9080021100"), nullptr)->key_frame);
  // AV1: N is set with the shell's OBU of type 1.
  EXPECT_TRUE(inspect_frame(Codec::kAv1, false, *from_hex("1808ff"), nullptr)->key_frame);
  EXPECT_FALSE(inspect_frame(Codec::kAv1, false, *from_hex("1030ff"), nullptr)->key_frame);
  // H.264: FU-A of an IDR slice, its first and a later fragment; STAP-A with SPS; a P slice.
  EXPECT_TRUE(inspect_frame(Codec::kH264, false, *from_hex("7c85b8"), nullptr)->key_frame);
  EXPECT_FALSE(inspect_frame(Codec::kH264, false, *from_hex("7c05b8"), nullptr)->key_frame);
  EXPECT_TRUE(
      inspect_frame(Codec::kH264, false, *from_hex("7800026742000168"), nullptr)->key_frame);
  EXPECT_FALSE(inspect_frame(Codec::kH264, true, *from_hex("41e0"), nullptr)->key_frame);
}

TEST(FrameInfo, RefusesWhatIsNoDescriptor) {
  EXPECT_FALSE(inspect_frame(Codec::kVp8, false, {}, nullptr));
  EXPECT_FALSE(inspect_frame(Codec::kVp8, false, *from_hex("10"), nullptr)) << "no P bit";
  EXPECT_FALSE(inspect_frame(Codec::kH264, false, *from_hex("7c"), nullptr));
  EXPECT_FALSE(inspect_frame(Codec::kH264, false, *from_hex("78ffff67"), nullptr));
  EXPECT_FALSE(inspect_frame(Codec::kH264, false, *from_hex("1f00"), nullptr));
  EXPECT_FALSE(inspect_frame(Codec::kAv1, false, *from_hex("88"), nullptr)) << "Z with N";
}

}  // namespace
}  // namespace sotto::bridge
