// The formats of other products: what they leave in the clear, and that Sotto's table would not
// pass for theirs.
#include <gtest/gtest.h>

#include <memory>

#include "compat/formats.h"
#include "crypto/init.h"
#include "in-the-clear/sample_frames.h"
#include "in-the-clear/wire_map.h"
#include "media/h264_nal.h"
#include "media/h265_nal.h"
#include "media/shell.h"

namespace sotto {
namespace {

bool is_slice_unit(Codec codec, ByteView unit) {
  if (codec == Codec::kH265) return is_slice(h265_nal_type(unit));
  return nal_type(unit) == NalType::kSlice || nal_type(unit) == NalType::kIdrSlice;
}

// LiveKit and JFrame, docs/in-the-clear.md: up to two bytes into the first slice.
std::size_t clear_prefix(const SampleFrame& frame) {
  if (frame.codec == Codec::kOpus) return 1;
  if (frame.codec == Codec::kVp8) return frame.key_frame ? 10 : 3;
  if (frame.codec == Codec::kVp9) return 0;
  auto units = NalSplitter::of(frame.bytes).value();
  while (auto unit = units.next()) {
    if (!is_slice_unit(frame.codec, *unit)) continue;
    return static_cast<std::size_t>(unit->data() - frame.bytes.data()) + 2;
  }
  return frame.bytes.size();
}

// Short start codes in the prefix leave as long ones: depacketizers make them so.
std::size_t clear_on_wire(const SampleFrame& frame) {
  if (!is_escaped(frame.codec)) return clear_prefix(frame);
  const ByteView prefix = ByteView(frame.bytes).first(clear_prefix(frame));
  std::size_t size = 0;
  for (const Bytes& unit : nal_units(prefix)) size += 4 + unit.size();
  return size;
}

WireMap trailer_map(const SampleFrame& frame) {
  WireMap map;
  append(map, clear_on_wire(frame), Wire::kConstant);
  append(map, frame.bytes.size() - clear_prefix(frame) + 16, Wire::kSealed);
  append(map, 12, Wire::kNumber);   // IV
  append(map, 2, Wire::kConstant);  // its size, and the key's index
  return map;
}

// Behind the prefix LiveKit escapes the whole rest of H.264 and H.265 as one.
Bytes without_escapes(const SampleFrame& frame, ByteView wire) {
  const std::size_t clear = clear_on_wire(frame);
  Bytes out(wire.begin(), wire.begin() + static_cast<std::ptrdiff_t>(clear));
  Bytes rest(wire.size() - clear);
  ByteWriter writer(rest);
  unescape(wire.subspan(clear), writer);
  out.insert(out.end(), rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(writer.size()));
  return out;
}

Result<Bytes> seal_once(FrameFormat format, const SampleFrame& frame, SeededRandom& random) {
  TRY(std::unique_ptr<Participant> sender, make_participant(format, {}, random));
  const Time now{};
  const Bytes material = random.bytes(format == FrameFormat::kDave ? 16 : 32);
  TRY_VOID(sender->set_key(1, KeyKind::kRaw, material, now));
  TRY_VOID(sender->use_key(1, now));
  const FrameFacts facts{
      .codec = frame.codec, .key_frame = frame.key_frame, .ssrc = 7, .rtp_timestamp = 90000};
  Bytes wire(sender->max_sealed_size(frame.codec, frame.bytes.size()));
  TRY(const std::size_t size, sender->seal(facts, frame.bytes, wire));
  wire.resize(size);
  return wire;
}

ByteStatistics seal_often(FrameFormat format, const SampleFrame& frame) {
  SeededRandom random(frame.bytes.size());
  ByteStatistics seen;
  for (std::size_t i = 0; i < kSealings; ++i) {
    Bytes wire = seal_once(format, frame, random).value();
    if (format == FrameFormat::kLiveKit && is_escaped(frame.codec)) {
      wire = without_escapes(frame, wire);
    }
    EXPECT_TRUE(seen.add(wire)) << frame.name;
  }
  return seen;
}

bool carries(FrameFormat format, Codec codec) {
  if (format == FrameFormat::kLiveKit) return codec != Codec::kAv1;
  return codec == Codec::kOpus || codec == Codec::kVp8;
}

TEST(InTheClear, OfLiveKitsAndJFramesFramesAreTheirPrefixIvAndKeyIndex) {
  ASSERT_TRUE(initialize_crypto());
  for (const FrameFormat format : {FrameFormat::kLiveKit, FrameFormat::kJFrame}) {
    std::size_t frames = 0;
    for (const SampleFrame& frame : sample_frames()) {
      if (!carries(format, frame.codec)) continue;
      expect_only_this_in_the_clear(seal_often(format, frame), trailer_map(frame), frame.name);
      ++frames;
    }
    EXPECT_GE(frames, 6u);
  }
}

// The control: as long as it is held against Sotto's table, LiveKit's format fails.
TEST(InTheClear, OfLiveKitsFramesIsMoreThanOfSottos) {
  ASSERT_TRUE(initialize_crypto());
  for (const SampleFrame& frame : sample_frames()) {
    if (frame.codec != Codec::kOpus && frame.codec != Codec::kVp8) continue;
    const ByteStatistics seen = seal_often(FrameFormat::kLiveKit, frame);
    const WireMap all_sealed(seen.size(), Wire::kSealed);
    // The prefix, SSRC and time stamp in the IV, its size, the key index.
    EXPECT_GE(count_not_random(seen, all_sealed), clear_prefix(frame) + 8 + 2) << frame.name;
  }
}

// DAVE says itself what is in the clear; that it says no more than the table, see below.
struct DaveTrailer {
  std::vector<std::pair<std::size_t, std::size_t>> ranges;  // offset, size
  std::size_t nonce_size = 0;
  std::size_t size = 0;
};

DaveTrailer read_trailer(ByteView wire) {
  DaveTrailer trailer;
  trailer.size = wire[wire.size() - 3];
  ByteView numbers = wire.last(trailer.size).subspan(8).first(trailer.size - 8 - 3);
  const auto leb128 = [&numbers] {
    std::size_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const std::uint8_t byte = numbers[0];
      numbers = numbers.subspan(1);
      value |= static_cast<std::size_t>(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0) return value;
    }
  };
  const std::size_t before = numbers.size();
  leb128();
  trailer.nonce_size = before - numbers.size();
  while (!numbers.empty()) {
    const std::size_t offset = leb128();
    trailer.ranges.emplace_back(offset, leb128());
  }
  return trailer;
}

WireMap dave_map(ByteView wire) {
  const DaveTrailer trailer = read_trailer(wire);
  WireMap map(wire.size() - trailer.size, Wire::kSealed);
  for (const auto& [offset, size] : trailer.ranges) {
    std::fill_n(map.begin() + static_cast<std::ptrdiff_t>(offset), size, Wire::kConstant);
  }
  append(map, 8, Wire::kSealed);  // tag
  append(map, trailer.nonce_size, Wire::kNumber);
  append(map, trailer.size - 8 - trailer.nonce_size, Wire::kConstant);
  return map;
}

// The most that may be in the clear of a frame: of H.264 slices up to the PPS id (three short
// codes), of H.265 ones the header, of AV1 OBU headers and sizes.
std::size_t most_clear(const SampleFrame& frame) {
  switch (frame.codec) {
    case Codec::kOpus:
    case Codec::kVp9:
      return 0;
    case Codec::kVp8:
      return frame.key_frame ? 10 : 1;
    case Codec::kAv1:
      return 3 * 10;
    case Codec::kH264:
    case Codec::kH265:
      break;
  }
  std::size_t most = 0;
  auto units = NalSplitter::of(frame.bytes).value();
  while (auto unit = units.next()) {
    most += 4 + (is_slice_unit(frame.codec, *unit) ? 6 : unit->size());
  }
  return most;
}

TEST(InTheClear, OfDavesFramesIsWhatItsTrailerSaysAndNoMoreThanTheTable) {
  ASSERT_TRUE(initialize_crypto());
  for (const SampleFrame& frame : sample_frames()) {
    SeededRandom random;
    const Bytes wire = seal_once(FrameFormat::kDave, frame, random).value();
    std::size_t clear = 0;
    for (const auto& range : read_trailer(wire).ranges) clear += range.second;
    EXPECT_LE(clear, most_clear(frame)) << frame.name;
    expect_only_this_in_the_clear(seal_often(FrameFormat::kDave, frame), dave_map(wire),
                                  frame.name);
  }
}

}  // namespace
}  // namespace sotto
