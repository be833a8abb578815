#include "sfu/track.h"

#include <gtest/gtest.h>

#include "native-bridge/sfu/synthetic_stream.h"
#include "sfu/layer_ranking.h"
#include "sfu/seat.h"

namespace sotto::bridge {
namespace {

TEST(Track, CodecsOfTheOtherKindUnknownOnesAndImpossibleNumbersAreLeftOut) {
  const auto known = known_codecs({{"opus", "", 111, std::nullopt},
                                   {"vp8", "", 96, 200},
                                   {"FLEXFEC-03", "", 49, std::nullopt},
                                   {"VP9", "", 200, std::nullopt}},
                                  MediaKind::kVideo);
  ASSERT_EQ(known.size(), 1u);
  EXPECT_EQ(known[0].codec, Codec::kVp8);
  EXPECT_FALSE(known[0].rtx_payload_type);
}

TEST(Track, AnUpdateKeepsWhatStreamsCarryOn) {
  Track track(EndpointIndex{0}, simulcast_camera(1));
  track.set_ssrc(1, 500);
  const LayerStream* stream = track.layer(1).stream.get();
  track.update(simulcast_camera(1));
  EXPECT_EQ(track.layer(1).stream.get(), stream);
  PublishedTrack fewer = simulcast_camera(1);
  fewer.rids = {"q"};
  track.update(fewer);
  EXPECT_EQ(track.layer_count(), 1u);
  EXPECT_FALSE(track.layer(1).stream);
}

TEST(Track, ANewSsrcStartsTheStreamAfresh) {
  Track track(EndpointIndex{0}, camera(1, 20));
  EXPECT_EQ(track.layer(0).rtx_ssrc, 21u);
  const std::uint32_t generation = track.layer(0).stream->generation;
  track.set_ssrc(0, 77);
  EXPECT_NE(track.layer(0).stream->generation, generation);
  EXPECT_FALSE(track.layer(0).rtx_ssrc);
}

TEST(Track, MoreRidsThanLayersAreCutOff) {
  PublishedTrack many = simulcast_camera(1);
  many.rids = {"a", "b", "c", "d", "e"};
  EXPECT_EQ(Track(EndpointIndex{0}, many).layer_count(), kMaxLayers);
}

TEST(LayerRanking, OrderIsBySizeThenByRateThenAsOffered) {
  Track track(EndpointIndex{0}, simulcast_camera(1));
  for (std::size_t i = 0; i < 3; ++i) track.layer(i).active = true;
  EXPECT_EQ(rank_layers(track).layers, (std::array<std::uint8_t, 3>{0, 1, 2}));
  EXPECT_EQ(rank_layers(track).heights, (std::array<std::uint32_t, 3>{180, 360, 720}));
  track.layer(0).height = 540;  // a page that offers the largest first
  track.layer(1).height = 270;
  track.layer(2).height = 135;
  EXPECT_EQ(rank_layers(track).layers, (std::array<std::uint8_t, 3>{2, 1, 0}));
  track.layer(2).active = false;
  EXPECT_EQ(rank_layers(track).count, 2u);
  EXPECT_EQ(rank_layers(track).rank_of(2), 2u) << "not sending";
}

TEST(Seat, CodecsMatchByNameAndProfile) {
  PublishedTrack published = camera(1, 20);
  published.codecs = {{"VP8", "", 96, 97}, {"H264", "42e0-1", 102, 103}, {"H264", "6400-1", 104, 105}};
  const Track track(EndpointIndex{0}, published);
  const auto payloads = match_codecs(
      track, {{Codec::kH264, "6400-1", 30, std::uint8_t{31}}, {Codec::kVp8, "", 32, std::nullopt}});
  EXPECT_EQ(payloads[0].payload_type, 32);
  EXPECT_EQ(payloads[0].rtx_payload_type, OutPayload::kNone);
  EXPECT_EQ(payloads[1].payload_type, OutPayload::kNone);
  EXPECT_EQ(payloads[2].rtx_payload_type, 31);
}

}  // namespace
}  // namespace sotto::bridge
