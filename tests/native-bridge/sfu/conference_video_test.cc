// What a receiver gets of a camera: one continuous stream, whoever sits in the seat.
#include <gtest/gtest.h>

#include "native-bridge/sfu/synthetic_stream.h"
#include "rtcp/key_frame_request.h"
#include "rtp/dependency_descriptor.h"
#include "rtp/vp8_descriptor.h"

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;

class ConferenceVideo : public testing::Test {
 protected:
  ConferenceVideo() : ann(room.join()), bob(room.join()) {}

  void send(EndpointIndex from, Vp8Stream& stream, bool key, std::size_t count = 2) {
    for (auto& packet : stream.frame(key, count)) room.rtp(from, packet);
    room.advance(milliseconds(33));
  }
  std::vector<RtpView> shown(EndpointIndex viewer, std::uint32_t seat = 0) {
    kept_ = room.received(viewer, room.streams(viewer, seat).video_ssrc);
    std::vector<RtpView> views;
    for (const auto& packet : kept_) views.push_back(RtpView::parse(packet.bytes).value());
    return views;
  }
  // Each number is one more than the one before.
  static void expect_continuous(const std::vector<RtpView>& views) {
    for (std::size_t i = 1; i < views.size(); ++i) {
      ASSERT_EQ(static_cast<std::uint16_t>(views[i].sequence_number() -
                                           views[i - 1].sequence_number()), 1) << i;
      ASSERT_GE(static_cast<std::int32_t>(views[i].timestamp() - views[i - 1].timestamp()), 0);
    }
  }

  Room room;
  EndpointIndex ann;
  EndpointIndex bob;
  std::vector<SentPacket> kept_;
};

TEST_F(ConferenceVideo, StartsWithAKeyFrameThatWasAskedForAtOnce) {
  room.publish(ann, {camera(1, 20)});
  room.advance(milliseconds(1));
  Vp8Stream stream{.ssrc = 20};
  send(ann, stream, false);
  EXPECT_EQ(room.key_frame_requests(ann), 1u);
  EXPECT_TRUE(shown(bob).empty()) << "a delta frame first would freeze the decoder";
  send(ann, stream, true);
  send(ann, stream, false);
  EXPECT_EQ(shown(bob).size(), 4u);
  expect_continuous(shown(bob));
}

TEST_F(ConferenceVideo, HeadersAreTheReceiversAndThePayloadIsThePublishers) {
  room.publish(ann, {camera(1, 20)});
  Vp8Stream stream{.ssrc = 20};
  const auto packets = stream.frame(true, 2);
  for (const auto& packet : packets) room.rtp(ann, packet);
  const auto views = shown(bob);
  ASSERT_EQ(views.size(), 2u);
  EXPECT_EQ(views[0].payload_type(), kOutVp8);
  EXPECT_FALSE(views[0].marker());
  EXPECT_TRUE(views[1].marker());
  const ExtensionValues values(views[0], out_extensions(MediaKind::kVideo));
  EXPECT_EQ(values.mid(), "v0");
  EXPECT_TRUE(values.abs_send_time());
  const RtpView source = RtpView::parse(packets[1]).value();
  EXPECT_TRUE(equal(views[1].payload().subspan(5), source.payload().subspan(5)));
}

TEST_F(ConferenceVideo, ANewOccupantContinuesNumbersTimestampsAndPictureIds) {
  room.publish(ann, {camera(1, 20)});
  Vp8Stream stream{.ssrc = 20};
  send(ann, stream, true);
  for (int i = 0; i < 5; ++i) send(ann, stream, false);
  const auto dan = room.join();
  room.publish(ann, {});
  room.publish(dan, {camera(2, 50)});
  Vp8Stream other{.ssrc = 50, .sequence = 60000, .timestamp = 0xfffff000u, .picture_id = 0x7ff0};
  send(dan, other, false);
  send(dan, other, true);
  for (int i = 0; i < 30; ++i) send(dan, other, false);
  const auto views = shown(bob);
  ASSERT_EQ(views.size(), 12u + 62u);
  expect_continuous(views);
  std::optional<std::uint16_t> picture_id;
  for (const RtpView& view : views) {
    const auto descriptor = Vp8Descriptor::parse(view.payload()).value();
    const bool first = descriptor.frame_start();
    if (picture_id && first) {
      EXPECT_EQ((*descriptor.picture_id - *picture_id) & 0x7fff, 1);
    }
    picture_id = descriptor.picture_id;
  }
  // The step between the two publishers is the time that went by: two frames of 33 ms.
  EXPECT_NEAR(static_cast<double>(views[12].timestamp() - views[11].timestamp()), 2 * 2970, 300);
}

TEST_F(ConferenceVideo, PublishersLossStaysAGapAndLateCopyFillsItUnderItsOldNumber) {
  room.publish(ann, {camera(1, 20)});
  Vp8Stream stream{.ssrc = 20};
  send(ann, stream, true);
  auto lost = stream.frame(false, 3);
  room.rtp(ann, lost[0]);
  room.rtp(ann, lost[2]);
  room.rtp(ann, lost[1]);
  const auto views = shown(bob);
  ASSERT_EQ(views.size(), 5u);
  const std::uint16_t base = views[0].sequence_number();
  EXPECT_EQ(static_cast<std::uint16_t>(views[3].sequence_number() - base), 4);
  EXPECT_EQ(static_cast<std::uint16_t>(views[4].sequence_number() - base), 3);
}

TEST_F(ConferenceVideo, TheSamePacketTwiceIsForwardedOnce) {
  room.publish(ann, {camera(1, 20)});
  Vp8Stream stream{.ssrc = 20};
  const auto packets = stream.frame(true, 1);
  room.rtp(ann, packets[0]);
  room.rtp(ann, packets[0]);
  EXPECT_EQ(shown(bob).size(), 1u);
  EXPECT_EQ(room.conference.stats().rtp_repeated, 1u);
}

TEST_F(ConferenceVideo, PaddingIsConsumedWithoutAHole) {
  room.publish(ann, {camera(1, 20)});
  Vp8Stream stream{.ssrc = 20};
  send(ann, stream, true);
  for (int i = 0; i < 3; ++i) room.rtp(ann, stream.padding_only());
  send(ann, stream, false);
  EXPECT_EQ(shown(bob).size(), 4u);
  expect_continuous(shown(bob));
}

TEST_F(ConferenceVideo, RequestsOfManyReceiversBecomeOne) {
  room.publish(ann, {camera(1, 20)});
  Vp8Stream stream{.ssrc = 20};
  std::vector<EndpointIndex> viewers{bob};
  for (int i = 0; i < 20; ++i) viewers.push_back(room.join());
  room.advance(milliseconds(1));
  send(ann, stream, true);
  room.advance(milliseconds(2000));
  room.sink.packets.clear();
  for (const EndpointIndex viewer : viewers) {
    Bytes pli(12);
    ByteWriter writer(pli);
    rtcp::write_picture_loss(writer, 1, room.streams(viewer, 0).video_ssrc);
    room.rtcp(viewer, Connection::kSubscribe, pli);
    room.advance(milliseconds(5));
  }
  EXPECT_EQ(room.key_frame_requests(ann), 1u);
}

TEST_F(ConferenceVideo, FirIsAnsweredLikePli) {
  room.publish(ann, {camera(1, 20)});
  Vp8Stream stream{.ssrc = 20};
  send(ann, stream, true);
  room.advance(milliseconds(1000));
  room.sink.packets.clear();
  Bytes fir(20);
  ByteWriter writer(fir);
  rtcp::write_full_intra_request(writer, 1, {room.streams(bob, 0).video_ssrc, 1});
  room.rtcp(bob, Connection::kSubscribe, fir);
  room.advance(milliseconds(1));
  EXPECT_EQ(room.key_frame_requests(ann), 1u);
}

TEST_F(ConferenceVideo, AReceiverWithoutTheCodecGetsNothingOfIt) {
  PublishedTrack track = camera(1, 20);
  track.codecs = {{"AV1", "", kInVp8, std::nullopt}};
  room.publish(ann, {track});
  Vp8Stream stream{.ssrc = 20};
  send(ann, stream, true);
  EXPECT_TRUE(shown(bob).empty());
}

TEST_F(ConferenceVideo, AWishForHeightZeroStopsTheVideo) {
  room.publish(ann, {camera(1, 20)});
  Vp8Stream stream{.ssrc = 20};
  send(ann, stream, true);
  room.want(bob, {{ann, Group::kCamera, 0}});
  send(ann, stream, false);
  EXPECT_EQ(shown(bob).size(), 2u);
  room.want(bob, {{ann, Group::kCamera, 360}});
  send(ann, stream, false);
  EXPECT_EQ(shown(bob).size(), 2u) << "not before a key frame";
  send(ann, stream, true);
  EXPECT_EQ(shown(bob).size(), 4u);
  expect_continuous(shown(bob));
}

TEST_F(ConferenceVideo, WithoutReadableKeyFramesItCutsOverAfterABoundedWait) {
  room.publish(ann, {camera(1, 20)});
  Vp8Stream stream{.ssrc = 20};
  for (int i = 0; i < 45; ++i) send(ann, stream, false);
  EXPECT_TRUE(shown(bob).empty());
  for (int i = 0; i < 30; ++i) send(ann, stream, false);
  const auto views = shown(bob);
  ASSERT_FALSE(views.empty());
  EXPECT_TRUE(Vp8Descriptor::parse(views[0].payload())->frame_start()) << "at a new frame";
  expect_continuous(views);
}

TEST_F(ConferenceVideo, APublisherThatStartsAfreshUnderANewSsrcIsFollowed) {
  PublishedTrack track = camera(1, 20);
  room.publish(ann, {track});
  Vp8Stream stream{.ssrc = 20};
  send(ann, stream, true);
  room.advance(milliseconds(500));
  room.publish(ann, {camera(1, 70)});
  Vp8Stream again{.ssrc = 70, .sequence = 3};
  send(ann, again, true);
  send(ann, again, false);
  EXPECT_EQ(shown(bob).size(), 6u);
  expect_continuous(shown(bob));
}

// A structure of the Dependency Descriptor, then another SSRC for the same layer with a
// descriptor that needs it: found by fuzzing.
TEST_F(ConferenceVideo, ADescriptorWithoutItsStructureAfterANewSsrcIsHarmless) {
  room.publish(ann, {simulcast_camera(1)});
  const Bytes structure{0x80, 0, 1, 0x80, 0x00, 0xe0};
  ASSERT_TRUE(DependencyDescriptorParser().parse(structure, 1)->structure_attached);
  const auto packet = [](std::uint32_t ssrc, std::uint16_t sequence, const Bytes& descriptor) {
    return rtp_packet(kInVp8, true, sequence, 9, ssrc,
                      {{9, text_bytes("1")}, {10, text_bytes("q")}, {13, descriptor}},
                      {0x90, 0x80, 5, 0x10, 1, 2, 3});
  };
  room.rtp(ann, packet(500, 1, structure));
  room.advance(milliseconds(200));
  room.rtp(ann, packet(501, 1, {0x81, 0, 2}));
  EXPECT_EQ(room.conference.stats().rtp_received, 2u);
}

TEST_F(ConferenceVideo, NothingFlowsToAConnectionThatIsGone) {
  room.publish(ann, {camera(1, 20)});
  Vp8Stream stream{.ssrc = 20};
  send(ann, stream, true);
  room.conference.set_connected(room.now, bob, Connection::kSubscribe, false);
  send(ann, stream, false);
  EXPECT_EQ(shown(bob).size(), 2u);
  room.conference.set_connected(room.now, bob, Connection::kSubscribe, true);
  send(ann, stream, true);
  EXPECT_EQ(shown(bob).size(), 4u);
  expect_continuous(shown(bob));
}

}  // namespace
}  // namespace sotto::bridge
