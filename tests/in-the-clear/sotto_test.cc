// Sotto's own frames: only the shell and the SFrame header are in the clear.
#include <gtest/gtest.h>

#include "compat/formats.h"
#include "crypto/init.h"
#include "e2ee/frame_sealer.h"
#include "in-the-clear/sample_frames.h"
#include "in-the-clear/wire_map.h"
#include "media/h265_nal.h"

namespace sotto {
namespace {

constexpr std::size_t kTag = 16;
constexpr std::uint64_t kTopBit = std::uint64_t{1} << 63;  // so that every KID has eight bytes

// docs/in-the-clear.md, "Sotto": the shell's clear bytes before the blob.
std::size_t clear_before_blob(const SampleFrame& frame) {
  switch (frame.codec) {
    case Codec::kOpus:
    case Codec::kVp9:
      return 0;
    case Codec::kVp8:
      return frame.key_frame ? 10 : 1;
    case Codec::kAv1:
      return 1;
    case Codec::kH264:
      return (frame.key_frame ? 13 + 8 : 0) + 4 + 2;
    case Codec::kH265:
      break;
  }
  std::size_t parameter_sets = 0;
  if (!frame.key_frame) return 4 + 3;
  for (const Bytes& unit : nal_units(frame.bytes)) {
    if (is_parameter_set(h265_nal_type(unit))) parameter_sets += 4 + unit.size();
  }
  return parameter_sets + 4 + 3;
}

WireMap map_of(const SampleFrame& frame) {
  WireMap blob;
  append(blob, 1, Wire::kConstant);  // SFrame config: the sizes of KID and CTR
  append(blob, 8, Wire::kNumber);    // KID; the CTR, being 0, lies in the config byte
  append(blob, 1 + frame.bytes.size() + kTag, Wire::kSealed);

  WireMap map;
  append(map, clear_before_blob(frame), Wire::kConstant);
  for (std::size_t at = 0; at < blob.size(); ++at) {
    // Another slice: stop byte, start code, header, prefix.
    if (frame.codec == Codec::kH264 && at > 0 && at % 1000 == 0) {
      append(map, 1 + 4 + 2, Wire::kConstant);
    }
    map.push_back(blob[at]);
  }
  if (is_escaped(frame.codec)) append(map, 1, Wire::kConstant);  // stop byte
  return map;
}

Bytes seal(FrameSealer& sealer, const SampleFrame& frame) {
  Bytes wire(sealer.max_sealed_size(frame.codec, frame.bytes.size()));
  wire.resize(sealer.seal(frame.codec, frame.key_frame, frame.bytes, wire).value());
  return is_escaped(frame.codec) ? without_emulation_prevention(wire) : wire;
}

ByteStatistics seal_often(const SampleFrame& frame, CipherSuite suite) {
  SeededRandom random(frame.bytes.size());
  ByteStatistics seen;
  for (std::size_t i = 0; i < kSealings; ++i) {
    std::uint64_t kid = kTopBit;
    for (const std::uint8_t byte : random.bytes(7)) kid = kid << 8 | byte;
    kid |= kTopBit;
    FrameSealer sealer = *FrameSealer::create(kid, random.bytes(32), suite);
    EXPECT_TRUE(seen.add(seal(sealer, frame))) << frame.name;
  }
  return seen;
}

TEST(InTheClear, OfSottosFramesAreShellAndHeaderOnlyOfEveryCodec) {
  ASSERT_TRUE(initialize_crypto());
  std::size_t positions = 0;
  for (const SampleFrame& frame : sample_frames()) {
    const ByteStatistics seen = seal_often(frame, kSottoSuite);
    expect_only_this_in_the_clear(seen, map_of(frame), frame.name);
    positions += seen.size();
  }
  std::printf("%zu byte positions, %zu sealings each, threshold %.0f\n", positions, kSealings,
              ByteStatistics::threshold());
  EXPECT_GT(positions, 20000u);
}

TEST(InTheClear, OfSottosFramesIsTheSameForEverySuite) {
  ASSERT_TRUE(initialize_crypto());
  for (const SampleFrame& frame : sample_frames()) {
    if (frame.codec != Codec::kVp8 || frame.key_frame) continue;
    // The tag of AES-CTR suites is shorter for two of them: the blob's size tells which.
    for (const auto& [suite, tag] : {std::pair{1, 10}, {2, 8}, {3, 4}, {4, 16}, {5, 16}}) {
      WireMap map = map_of(frame);
      map.resize(map.size() - kTag + static_cast<std::size_t>(tag));
      const auto seen = seal_often(frame, static_cast<CipherSuite>(suite));
      expect_only_this_in_the_clear(seen, map, frame.name + " suite " + std::to_string(suite));
    }
  }
}

// Under an app's own keys the KID is drawn by the sender: random, but for the key's index, the
// context and the ratchet step (e2ee/sender_kid.h).
TEST(InTheClear, OfSottosFramesUnderAnAppsKeysIsTheSame) {
  ASSERT_TRUE(initialize_crypto());
  for (const SampleFrame& frame : sample_frames()) {
    if (frame.bytes.size() > 3000) continue;
    SeededRandom random(frame.bytes.size());
    const WireMap map = map_of(frame);
    ByteStatistics seen;
    for (std::size_t sealings = 0; sealings < kSealings;) {
      auto sender = make_participant(FrameFormat::kSotto, {}, random).value();
      ASSERT_TRUE(sender->set_key(1, KeyKind::kRaw, random.bytes(32), Time{}));
      ASSERT_TRUE(sender->use_key(1, Time{}));
      Bytes wire(sender->max_sealed_size(frame.codec, frame.bytes.size()));
      const FrameFacts facts{.codec = frame.codec, .key_frame = frame.key_frame, .context = 1};
      wire.resize(sender->seal(facts, frame.bytes, wire).value());
      if (is_escaped(frame.codec)) wire = without_emulation_prevention(wire);
      // One KID in 256 begins with a zero, which the header leaves out.
      if (wire.size() < map.size()) continue;
      ASSERT_TRUE(seen.add(wire)) << frame.name;
      ++sealings;
    }
    expect_only_this_in_the_clear(seen, map, frame.name);
  }
}

// What the shells cost, beside header (config, KID, CTR), info byte and tag.
TEST(InTheClear, CostsWhatTheTableSays) {
  ASSERT_TRUE(initialize_crypto());
  struct Row {
    Codec codec;
    bool key_frame;
    std::size_t shell;  // for 500 bytes, one NAL unit
  };
  const Row rows[] = {
      {Codec::kOpus, false, 0}, {Codec::kVp9, false, 0},  {Codec::kVp9, true, 0},
      {Codec::kVp8, true, 10},  {Codec::kVp8, false, 1},  {Codec::kAv1, true, 1},
      {Codec::kAv1, false, 1},  {Codec::kH264, true, 28}, {Codec::kH264, false, 7},
      {Codec::kH265, false, 8},
  };
  for (const Row& row : rows) {
    const SampleFrame frame{"", row.codec, row.key_frame, Bytes(500, 0x5a)};
    FrameSealer sealer = *FrameSealer::create(kTopBit, Bytes(32, 7));
    EXPECT_EQ(seal(sealer, frame).size(), row.shell + 1 + 8 + 1 + 500 + kTag)
        << name(row.codec) << row.key_frame;
    EXPECT_EQ(map_of(frame).size(), row.shell + 1 + 8 + 1 + 500 + kTag);
  }
}

// No frame's wire depends on its content but in length: two frames of one size look alike.
TEST(InTheClear, IsTheSameForSpeechAndSilence) {
  ASSERT_TRUE(initialize_crypto());
  for (const Codec codec : {Codec::kOpus, Codec::kVp8, Codec::kAv1, Codec::kH264}) {
    const SampleFrame one{"", codec, false, Bytes(300, 0x00)};
    const SampleFrame other{"", codec, false, Bytes(300, 0xfc)};
    FrameSealer first = *FrameSealer::create(kTopBit, Bytes(32, 1));
    FrameSealer second = *FrameSealer::create(kTopBit, Bytes(32, 1));
    const Bytes a = seal(first, one), b = seal(second, other);
    const WireMap map = map_of(one);
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t at = 0; at < map.size(); ++at) {
      if (map[at] == Wire::kSealed) continue;
      EXPECT_EQ(a[at], b[at]) << name(codec) << " " << at;
    }
  }
}

}  // namespace
}  // namespace sotto
