// What a receiver gets of a microphone.
#include <gtest/gtest.h>

#include "native-bridge/sfu/synthetic_stream.h"

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;

TEST(ConferenceAudio, FlowsFromTheFirstPacketWithLevelAndReceiversIds) {
  Room room;
  const auto ann = room.join();
  const auto bob = room.join();
  room.publish(ann, {microphone(1, 10)});
  OpusStream voice{.ssrc = 10};
  room.rtp(ann, voice.packet(33));
  room.rtp(ann, voice.packet(34));
  const auto packets = room.received(bob, room.streams(bob, 0).audio_ssrc);
  ASSERT_EQ(packets.size(), 2u);
  const RtpView first = RtpView::parse(packets[0].bytes).value();
  EXPECT_EQ(first.payload_type(), kOutOpus);
  EXPECT_TRUE(first.marker()) << "a talkspurt begins";
  const ExtensionValues values(first, out_extensions(MediaKind::kAudio));
  EXPECT_EQ(values.audio_level()->level, 33);
  EXPECT_EQ(values.mid(), "a0");
  const RtpView second = RtpView::parse(packets[1].bytes).value();
  EXPECT_FALSE(second.marker());
  EXPECT_EQ(second.timestamp() - first.timestamp(), 960u);
}

TEST(ConferenceAudio, ASpeakerWhoTakesTheSeatContinuesTheStream) {
  Room room({.seats = 1});
  const auto viewer = room.join();
  const auto ann = room.join();
  const auto bob = room.join();
  room.publish(ann, {microphone(1, 10)});
  room.publish(bob, {microphone(2, 20)});
  OpusStream quiet{.ssrc = 10};
  OpusStream loud{.ssrc = 20, .sequence = 65530, .timestamp = 0xffffff00u};
  for (int i = 0; i < 100; ++i) {
    room.rtp(ann, quiet.packet(120));
    if (i % 9 == 4) room.rtp(ann, quiet.padding_only());
    room.rtp(bob, loud.packet(20));
    room.advance(milliseconds(20));
  }
  EXPECT_TRUE(room.seat_of(viewer, bob));
  const auto packets = room.received(viewer, room.streams(viewer, 0).audio_ssrc);
  EXPECT_GT(packets.size(), 95u);
  int markers = 0;
  for (std::size_t i = 0; i < packets.size(); ++i) {
    const RtpView view = RtpView::parse(packets[i].bytes).value();
    markers += view.marker();
    if (i == 0) continue;
    const RtpView before = RtpView::parse(packets[i - 1].bytes).value();
    ASSERT_EQ(static_cast<std::uint16_t>(view.sequence_number() - before.sequence_number()), 1);
    ASSERT_NEAR(static_cast<double>(view.timestamp() - before.timestamp()), 960, 960);
  }
  EXPECT_EQ(markers, 2);
}

TEST(ConferenceAudio, MidIsLeftOutOnceTheReceiverHasReportedOnTheStream) {
  Room room;
  const auto ann = room.join();
  const auto bob = room.join();
  room.publish(ann, {microphone(1, 10)});
  OpusStream voice{.ssrc = 10};
  room.rtp(ann, voice.packet());
  const std::uint32_t ssrc = room.streams(bob, 0).audio_ssrc;
  Bytes report(64);
  ByteWriter writer(report);
  const rtcp::ReportBlock block{.ssrc = ssrc};
  rtcp::write_receiver_report(writer, 1, std::span(&block, 1));
  room.rtcp(bob, Connection::kSubscribe, writer.written());
  room.rtp(ann, voice.packet());
  const auto packets = room.received(bob, ssrc);
  const RtpView last = RtpView::parse(packets.back().bytes).value();
  EXPECT_TRUE(ExtensionValues(last, out_extensions(MediaKind::kAudio)).mid().empty());
}

TEST(ConferenceAudio, UnknownSsrcsAndPayloadTypesAreCountedAndDropped) {
  Room room;
  const auto ann = room.join();
  const auto bob = room.join();
  room.publish(ann, {microphone(1, 10), camera(2, 20)});
  room.rtp(ann, rtp_packet(77, false, 1, 1, 4711, {}, Bytes(20, 1)));
  room.rtp(ann, Bytes{0x80, 1, 2});
  room.rtp(bob, rtp_packet(kInOpus, false, 1, 1, 10, {}, Bytes(20, 1)));  // not Bob's track
  EXPECT_EQ(room.conference.stats().rtp_unidentified, 2u);
  EXPECT_EQ(room.conference.stats().rtp_malformed, 1u);
  EXPECT_EQ(room.conference.stats().rtp_forwarded, 0u);
}

}  // namespace
}  // namespace sotto::bridge
