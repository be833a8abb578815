#include "sdp/subscribe_offer.h"

#include <gtest/gtest.h>

#include "native-bridge/sdp/sdp_fixtures.h"
#include "sdp/media_format.h"
#include "sdp/streams.h"

namespace sotto::bridge::sdp {
namespace {

std::vector<SeatStreams> seats(std::size_t count) {
  std::vector<SeatStreams> list;
  for (std::uint32_t i = 0; i < count; ++i) {
    list.push_back({100 + i, 200 + i, 300 + i, "cname" + std::to_string(i)});
  }
  return list;
}

std::string from_first_media(const std::string& sdp) {
  return sdp.substr(sdp.find("m="));
}

TEST(SubscribeOffer, MoreSeatsOnlyAddMLinesAtTheEnd) {
  const auto two = write_subscribe_offer(local_transport(), seats(2));
  const auto three = write_subscribe_offer(local_transport(), seats(3));
  EXPECT_TRUE(from_first_media(three).starts_with(from_first_media(two)));
  EXPECT_EQ(lines(three, "m=").size(), 6u);
  EXPECT_EQ(lines(three, "a=group"),
            (std::vector<std::string>{"a=group:BUNDLE a0 v0 a1 v1 a2 v2"}));
}

TEST(SubscribeOffer, ASeatsAudioAndVideoShareOneStream) {
  const auto text = write_subscribe_offer(local_transport(), seats(2));
  EXPECT_EQ(lines(text, "a=msid:"),
            (std::vector<std::string>{"a=msid:seat0 a0", "a=msid:seat0 v0", "a=msid:seat1 a1",
                                      "a=msid:seat1 v1"}));
}

TEST(SubscribeOffer, AnnouncesWhatTheBridgeSends) {
  const auto sdp = parsed(write_subscribe_offer(local_transport(), seats(1)));
  const MediaDescription& video = sdp.media[1];
  EXPECT_EQ(video.formats,
            (std::vector<std::string>{"96", "97", "98", "99", "102", "103", "45", "46"}));
  const auto formats = read_formats(video);
  ASSERT_EQ(formats.size(), 4u);
  for (const MediaFormat& format : formats) {
    EXPECT_TRUE(format.rtx_payload_type);
    EXPECT_TRUE(format.nack && format.pli && format.fir && format.remb);
    EXPECT_FALSE(format.transport_cc) << "would have to be renumbered for each receiver";
  }
  const auto ssrcs = read_ssrcs(video);
  ASSERT_EQ(ssrcs.size(), 1u);
  EXPECT_EQ(ssrcs[0].media, 200u);
  EXPECT_EQ(ssrcs[0].rtx, 300u);
  EXPECT_TRUE(video.attributes.has("sendonly"));
  EXPECT_EQ(*video.attributes.find("setup"), "actpass");
  EXPECT_TRUE(sdp.attributes.has("ice-lite"));
  EXPECT_TRUE(sdp.attributes.has("extmap-allow-mixed"));
  EXPECT_EQ(read_ssrcs(sdp.media[0]).at(0).media, 100u);
}

TEST(SubscribeOffer, IdsMeanTheSameOnEveryMLine) {
  ExtensionMap audio = subscribe_extensions(MediaKind::kAudio);
  EXPECT_TRUE(audio.merge(subscribe_extensions(MediaKind::kVideo)));
  EXPECT_FALSE(audio.has(Extension::kTransportCc));
  EXPECT_FALSE(audio.has(Extension::kRid));
}

TEST(SubscribeOffer, TheLargestOneFitsIntoAMessageAndIsReadBack) {
  const auto text = write_subscribe_offer(local_transport(), seats(kMaxSeats));
  EXPECT_LT(text.size(), kMaxText);
  EXPECT_EQ(parsed(text).media.size(), 2 * kMaxSeats);
}

}  // namespace
}  // namespace sotto::bridge::sdp
