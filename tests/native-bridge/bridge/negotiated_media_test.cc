#include "bridge/negotiated_media.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

sdp::MediaFormat format(Codec codec, std::uint8_t payload_type,
                        std::optional<std::uint8_t> rtx = std::nullopt) {
  sdp::MediaFormat made;
  made.codec = codec;
  made.payload_type = payload_type;
  made.rtx_payload_type = rtx;
  return made;
}

TEST(NegotiatedMedia, CodecsAreNamedInUpperCaseWithTheirRtx) {
  const auto codecs = negotiated_codecs({format(Codec::kOpus, 111), format(Codec::kVp8, 96, 97)});
  ASSERT_EQ(codecs.size(), 2u);
  EXPECT_EQ(codecs[0].name, "OPUS");
  EXPECT_EQ(codecs[0].payload_type, 111);
  EXPECT_FALSE(codecs[0].rtx_payload_type);
  EXPECT_EQ(codecs[1].name, "VP8");
  EXPECT_EQ(codecs[1].rtx_payload_type, 97);
}

TEST(NegotiatedMedia, ExtensionsKeepTheirIds) {
  ExtensionMap map;
  map.set(Extension::kMid, 4);
  map.set(Extension::kAudioLevel, 1);
  const auto extensions = negotiated_extensions(map);
  ASSERT_EQ(extensions.size(), 2u);
  for (const NegotiatedExtension& extension : extensions) {
    EXPECT_EQ(map.id(*extension_from_uri(extension.uri)), extension.id);
  }
}

TEST(NegotiatedMedia, APublishedTrackHasItsRidsAndSsrcs) {
  sdp::PublishMedia media;
  media.mid = "1";
  media.formats = {format(Codec::kVp8, 96, 97)};
  media.rids = {"q", "h", "f"};
  media.ssrcs = {{7, 8}, {9, std::nullopt}};
  const PublishedTrack track = published_track(media);
  EXPECT_EQ(track.mid, "1");
  EXPECT_EQ(track.rids, media.rids);
  ASSERT_EQ(track.ssrcs.size(), 2u);
  EXPECT_EQ(track.ssrcs[0].media, 7u);
  EXPECT_EQ(track.ssrcs[0].rtx, 8u);
  EXPECT_FALSE(track.ssrcs[1].rtx);
}

TEST(NegotiatedMedia, TheFirstMLineThatWasAcceptedSpeaksForItsKind) {
  sdp::SubscribeAnswer answer;
  answer.media.resize(4);
  answer.media[2].active = true;
  answer.media[2].formats = {format(Codec::kOpus, 111)};
  answer.media[1].active = true;
  answer.media[1].formats = {format(Codec::kVp9, 98)};
  const SubscribeParameters parameters = subscribe_parameters(answer);
  ASSERT_EQ(parameters.audio.codecs.size(), 1u);
  EXPECT_EQ(parameters.audio.codecs[0].name, "OPUS");
  ASSERT_EQ(parameters.video.codecs.size(), 1u);
  EXPECT_EQ(parameters.video.codecs[0].name, "VP9");
}

TEST(NegotiatedMedia, WhoRejectsAllVideoIsSentNone) {
  sdp::SubscribeAnswer answer;
  answer.media.resize(2);
  EXPECT_TRUE(subscribe_parameters(answer).video.codecs.empty());
}

}  // namespace
}  // namespace sotto::bridge
