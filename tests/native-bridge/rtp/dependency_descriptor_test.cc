#include "rtp/dependency_descriptor.h"

#include <gtest/gtest.h>

#include <set>

#include "native-bridge/rtp/captured_packets.h"
#include "rtp/extension_reader.h"
#include "rtp/sequence_unwrapper.h"
#include "rtp/vp9_descriptor.h"

namespace sotto::bridge {
namespace {

struct Described {
  DependencyDescriptor descriptor;
  std::vector<std::uint8_t> payload;
  std::uint32_t ssrc;
};

// Every descriptor of a capture, each SSRC with a parser of its own; RTX is left out.
std::vector<Described> describe(const Capture& capture) {
  std::map<std::uint32_t, DependencyDescriptorParser> parsers;
  std::map<std::uint32_t, SequenceUnwrapper> unwrappers;
  std::vector<Described> list;
  for (const CapturedPacket& captured : capture.packets) {
    if (captured.rtcp || !captured.from_browser) continue;
    const auto view = RtpView::parse(captured.bytes);
    const ExtensionValues values(*view, capture.extensions);
    if (capture.is_rtx(view->payload_type()) || !values.has(Extension::kDependencyDescriptor)) {
      continue;
    }
    auto descriptor =
        parsers[view->ssrc()].parse(values[Extension::kDependencyDescriptor],
                                    unwrappers[view->ssrc()].unwrap(view->sequence_number()));
    EXPECT_TRUE(descriptor) << name(descriptor.error());
    if (!descriptor) return list;
    const ByteView payload = view->payload();
    list.push_back({*descriptor, {payload.begin(), payload.end()}, view->ssrc()});
  }
  return list;
}

// The first descriptor of a capture, with its structure.
std::vector<std::uint8_t> first_element(const Capture& capture) {
  for (const CapturedPacket& captured : capture.packets) {
    const auto view = RtpView::parse(captured.bytes);
    const ExtensionValues values(*view, capture.extensions);
    const ByteView element = values[Extension::kDependencyDescriptor];
    if (!element.empty()) return {element.begin(), element.end()};
  }
  return {};
}

TEST(DependencyDescriptor, EveryOneOfRealBrowsersIsRead) {
  std::size_t count = 0;
  for (const auto& [name, capture] : all_captures()) {
    SCOPED_TRACE(name);
    count += describe(capture).size();
  }
  std::cout << count << " Dependency Descriptors\n";
  EXPECT_GT(count, 50u);
}

TEST(DependencyDescriptor, TellsThreeSpatialAndThreeTemporalLayers) {
  const Capture capture = fixture("chromium-vp9-l3t3key-dd");
  const auto list = describe(capture);
  ASSERT_FALSE(list.empty());
  EXPECT_TRUE(list.front().descriptor.start_of_frame);
  EXPECT_TRUE(list.front().descriptor.structure_attached);
  EXPECT_EQ(list.front().descriptor.decode_target_count, 9);
  EXPECT_EQ(list.front().descriptor.chain_count, 3);
  std::set<int> spatial;
  for (const Described& described : list) spatial.insert(described.descriptor.spatial);
  EXPECT_EQ(spatial, (std::set<int>{0, 1, 2}));
}

TEST(DependencyDescriptor, AgreesWithTheVp9DescriptorOfEachPacket) {
  const Capture capture = fixture("chromium-vp9-l3t3key-dd");
  int compared = 0;
  for (const Described& described : describe(capture)) {
    if (described.payload.empty()) continue;
    const auto vp9 = Vp9Descriptor::parse(described.payload);
    ASSERT_TRUE(vp9);
    EXPECT_EQ(described.descriptor.spatial, vp9->spatial);
    EXPECT_EQ(described.descriptor.temporal, vp9->temporal);
    EXPECT_EQ(described.descriptor.start_of_frame, vp9->frame_start);
    EXPECT_EQ(described.descriptor.end_of_frame, vp9->frame_end);
    ++compared;
  }
  EXPECT_GT(compared, 10);
}

TEST(DependencyDescriptor, StructureTellsResolutionsAndTargets) {
  DependencyDescriptorParser parser;
  ASSERT_TRUE(parser.parse(first_element(fixture("chromium-av1-l3t3key-dd")), 1));
  const DependencyStructure* structure = parser.structure();
  ASSERT_NE(structure, nullptr);
  EXPECT_EQ(structure->max_spatial, 2);
  EXPECT_EQ(structure->max_temporal, 2);
  EXPECT_EQ(structure->width[2], 960);
  EXPECT_EQ(structure->height[2], 540);
  std::set<std::pair<int, int>> targets;
  for (std::size_t i = 0; i < structure->decode_target_count; ++i) {
    targets.insert({structure->target_spatial[i], structure->target_temporal[i]});
  }
  EXPECT_EQ(targets.size(), 9u);
}

TEST(DependencyDescriptor, WithoutItsStructureNothingIsKnown) {
  DependencyDescriptorParser parser;
  const auto element = *from_hex("c10001");
  auto result = parser.parse(element, 1);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(), Error::kNotFound);
}

// start, end, template 0, frame 1; structure only; offset `offset`, one target; one template,
// DTI "switch"; no frame differences; no chains; no resolutions.
std::vector<std::uint8_t> with_structure(unsigned offset) {
  const std::uint64_t bits = 0b11ull << 62 | std::uint64_t{offset} << 56 | 1ull << 40 |
                             0b10000ull << 35 | std::uint64_t{offset} << 29 | 0ull << 24 |
                             3ull << 22 | 2ull << 20 | 0ull << 19 | 0ull << 18 | 0ull << 17;
  std::vector<std::uint8_t> out;
  for (int shift = 56; shift >= 16; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(bits >> shift));
  }
  return out;
}

TEST(DependencyDescriptor, ALateStructureDoesNotReplaceANewerOne) {
  DependencyDescriptorParser parser;
  ASSERT_TRUE(parser.parse(with_structure(20), 100));
  ASSERT_TRUE(parser.parse(with_structure(10), 50)) << "is read for its own packet";
  EXPECT_EQ(parser.structure()->template_id_offset, 20);
  ASSERT_TRUE(parser.parse(with_structure(30), 200));
  EXPECT_EQ(parser.structure()->template_id_offset, 30);
  const std::uint8_t of_the_one_before[] = {0xc0 | 20, 0, 2};
  EXPECT_TRUE(parser.parse(of_the_one_before, 150)) << "packets that were overtaken are still read";
}

TEST(DependencyDescriptor, RefusesEveryTruncation) {
  const auto bytes = first_element(fixture("chromium-av1-l3t3key-dd"));
  const ByteView element(bytes);
  ASSERT_GT(element.size(), 12u);
  for (std::size_t size = 0; size + 1 < element.size(); ++size) {
    DependencyDescriptorParser parser;
    EXPECT_FALSE(parser.parse(element.first(size), 1)) << size;
    EXPECT_EQ(parser.structure(), nullptr);
  }
}

}  // namespace
}  // namespace sotto::bridge
