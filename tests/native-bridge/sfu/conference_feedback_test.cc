// RTCP in both directions: what publishers are told, what receivers are told.
#include <gtest/gtest.h>

#include "base/byte_reader.h"
#include "native-bridge/sfu/synthetic_stream.h"
#include "rtcp/nack.h"
#include "rtcp/ntp_time.h"
#include "rtcp/transport_feedback.h"
#include "rtp/vp8_descriptor.h"

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class ConferenceFeedback : public testing::Test {
 protected:
  ConferenceFeedback() : ann(room.join()), bob(room.join()) {
    room.publish(ann, {microphone(1, 10), camera(2, 20)});
  }
  void send(bool key, std::size_t count = 2) {
    for (auto& packet : video.frame(key, count)) room.rtp(ann, packet);
    room.advance(milliseconds(33));
  }
  Bytes nack(std::uint32_t ssrc, std::vector<std::uint16_t> numbers) {
    Bytes bytes(256);
    ByteWriter writer(bytes);
    rtcp::write_nack(writer, 1, ssrc, numbers);
    bytes.resize(writer.size());
    return bytes;
  }
  std::vector<SentPacket> shown() { return room.received(bob, room.streams(bob, 0).video_ssrc); }
  std::vector<SentPacket> resent() {
    return room.received(bob, room.streams(bob, 0).video_rtx_ssrc);
  }

  Room room;
  EndpointIndex ann;
  EndpointIndex bob;
  Vp8Stream video{.ssrc = 20};
  OpusStream voice{.ssrc = 10};
};

TEST_F(ConferenceFeedback, AReceiversNackIsAnsweredWithTheSamePacketAsRtx) {
  send(true);
  send(false, 3);
  const auto packets = shown();
  const RtpView wanted = RtpView::parse(packets[3].bytes).value();
  room.rtcp(bob, Connection::kSubscribe, nack(wanted.ssrc(), {wanted.sequence_number()}));
  const auto answers = resent();
  ASSERT_EQ(answers.size(), 1u);
  const RtpView rtx = RtpView::parse(answers[0].bytes).value();
  EXPECT_EQ(rtx.payload_type(), kOutVp8Rtx);
  EXPECT_EQ(rtx.timestamp(), wanted.timestamp());
  EXPECT_EQ(rtx.marker(), wanted.marker());
  ByteReader osn(rtx.payload());
  EXPECT_EQ(osn.u16().value(), wanted.sequence_number());
  EXPECT_TRUE(equal(osn.rest(), wanted.payload())) << "descriptor renumbered as the first time";
}

TEST_F(ConferenceFeedback, ARepeatedNackIsAnsweredOncePerRoundTrip) {
  send(true);
  const SentPacket first = shown()[0];
  const RtpView wanted = RtpView::parse(first.bytes).value();
  const Bytes request = nack(wanted.ssrc(), {wanted.sequence_number()});
  const std::uint16_t number = wanted.sequence_number();
  for (int i = 0; i < 5; ++i) room.rtcp(bob, Connection::kSubscribe, request);
  EXPECT_EQ(resent().size(), 1u);
  room.advance(milliseconds(150));
  room.rtcp(bob, Connection::kSubscribe, nack(room.streams(bob, 0).video_ssrc, {number}));
  EXPECT_EQ(resent().size(), 2u);
  const auto answers = resent();
  EXPECT_EQ(RtpView::parse(answers[1].bytes)->sequence_number() -
                RtpView::parse(answers[0].bytes)->sequence_number(), 1)
      << "never the same RTX number twice";
}

TEST_F(ConferenceFeedback, NacksForWhatWasNeverSentOrIsForgottenAreIgnored) {
  send(true);
  const SentPacket first = shown()[0];
  const RtpView wanted = RtpView::parse(first.bytes).value();
  const std::uint16_t number = wanted.sequence_number();
  const std::uint32_t ssrc = wanted.ssrc();
  room.rtcp(bob, Connection::kSubscribe,
            nack(ssrc, {static_cast<std::uint16_t>(number - 9), static_cast<std::uint16_t>(number + 99)}));
  room.rtcp(bob, Connection::kSubscribe, nack(ssrc ^ 1, {number}));
  room.rtcp(ann, Connection::kSubscribe, nack(ssrc, {number}));
  EXPECT_TRUE(resent().empty());
  room.advance(seconds(2));
  room.rtcp(bob, Connection::kSubscribe, nack(ssrc, {number}));
  EXPECT_TRUE(resent().empty());
}

TEST_F(ConferenceFeedback, AFloodOfNacksIsBounded) {
  send(true);
  for (int i = 0; i < 60; ++i) {
    for (auto& packet : video.frame(false, 8)) room.rtp(ann, packet);
  }
  const auto packets = shown();
  const std::uint32_t ssrc = room.streams(bob, 0).video_ssrc;
  for (const auto& packet : packets) {
    room.rtcp(bob, Connection::kSubscribe,
              nack(ssrc, {RtpView::parse(packet.bytes)->sequence_number()}));
  }
  EXPECT_GT(packets.size(), 400u);
  EXPECT_LE(resent().size(), 200u);
}

TEST_F(ConferenceFeedback, AskingForNumbersThatNobodyHasIsBoundedToo) {
  send(true);
  const SentPacket first = shown()[0];
  const RtpView wanted = RtpView::parse(first.bytes).value();
  const std::uint16_t number = wanted.sequence_number();
  const std::uint32_t ssrc = wanted.ssrc();
  for (int i = 1; i <= 200; ++i) {
    room.rtcp(bob, Connection::kSubscribe, nack(ssrc, {static_cast<std::uint16_t>(number - i)}));
  }
  room.rtcp(bob, Connection::kSubscribe, nack(ssrc, {number}));
  EXPECT_TRUE(resent().empty()) << "nothing is looked for any more";
  room.advance(milliseconds(150));
  room.rtcp(bob, Connection::kSubscribe, nack(ssrc, {number}));
  EXPECT_EQ(resent().size(), 1u) << "for a while";
}

TEST_F(ConferenceFeedback, ALossOnTheWayInIsAskedForAndTheRtxAnswerGoesOutInItsPlace) {
  send(true);
  auto frame = video.frame(false, 3);
  room.rtp(ann, frame[0]);
  room.rtp(ann, frame[2]);
  room.advance(milliseconds(60));
  const auto requests = room.feedback(ann, Connection::kPublish,
                                      rtcp::PacketType::kTransportFeedback, rtcp::kNackFormat);
  ASSERT_FALSE(requests.empty());
  const RtpView lost = RtpView::parse(frame[1]).value();
  rtcp::CompoundReader reader(requests[0].bytes);
  rtcp::Packet packet;
  ASSERT_TRUE(reader.next(packet));
  std::uint16_t asked = 0;
  ASSERT_TRUE(rtcp::Nack::parse(packet)->next(asked));
  EXPECT_EQ(asked, lost.sequence_number());

  Bytes payload{static_cast<std::uint8_t>(asked >> 8), static_cast<std::uint8_t>(asked & 0xff)};
  payload.insert(payload.end(), lost.payload().begin(), lost.payload().end());
  room.rtp(ann, rtp_packet(kInVp8Rtx, false, 4000, lost.timestamp(), 21, {}, payload));
  const auto packets = shown();
  ASSERT_EQ(packets.size(), 5u);
  EXPECT_EQ(static_cast<std::uint16_t>(RtpView::parse(packets[4].bytes)->sequence_number() -
                                       RtpView::parse(packets[2].bytes)->sequence_number()), 1);
  room.rtp(ann, frame[1]);  // and the original, late
  EXPECT_EQ(shown().size(), 5u);
}

// The packet with the parameter sets of the first picture is lost: the picture alone would be
// of no use, and the sets are asked for although a key frame has begun.
TEST_F(ConferenceFeedback, H264BeginsWithItsParameterSetsThoughTheyComeLate) {
  PublishedTrack track = camera(3, 30);
  track.codecs = {{"H264", "", 102, 103}};
  room.publish(ann, {track});
  const auto packet = [](std::uint16_t sequence, std::uint32_t timestamp, Bytes payload) {
    return rtp_packet(102, true, sequence, timestamp, 30, {}, payload);
  };
  room.rtp(ann, packet(1, 1000, {0x41, 1, 2, 3}));
  room.rtp(ann, packet(3, 4000, {0x65, 1, 2, 3}));  // IDR; 2 is lost
  EXPECT_TRUE(shown().empty());
  room.advance(milliseconds(40));
  EXPECT_EQ(room.feedback(ann, Connection::kPublish, rtcp::PacketType::kTransportFeedback,
                          rtcp::kNackFormat).size(), 1u);
  room.rtp(ann, rtp_packet(103, true, 70, 4000, 31, {}, {0, 2, 0x67, 9, 9, 9}));  // SPS
  room.rtp(ann, packet(4, 7000, {0x41, 1, 2, 3}));
  const auto packets = shown();
  ASSERT_EQ(packets.size(), 2u);
  const std::uint16_t first = RtpView::parse(packets[0].bytes)->sequence_number();
  EXPECT_EQ(RtpView::parse(packets[0].bytes)->payload()[0], 0x67);
  EXPECT_EQ(RtpView::parse(packets[1].bytes)->sequence_number(), first + 2);
  room.rtcp(bob, Connection::kSubscribe,
            nack(room.streams(bob, 0).video_ssrc, {static_cast<std::uint16_t>(first + 1)}));
  const auto answers = resent();
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(RtpView::parse(answers[0].bytes)->payload()[2], 0x65) << "behind the OSN";
}

TEST_F(ConferenceFeedback, PublishersGetTransportFeedbackWithinATenthOfASecond) {
  for (std::uint16_t i = 0; i < 5; ++i) {
    room.rtp(ann, rtp_packet(kInOpus, false, i, i * 960u, 10,
                             {{4, {0, static_cast<std::uint8_t>(i)}}}, Bytes(40, 1)));
    room.advance(milliseconds(20));
  }
  room.advance(milliseconds(50));
  const auto packets = room.feedback(ann, Connection::kPublish,
                                     rtcp::PacketType::kTransportFeedback, rtcp::kTransportCcFormat);
  ASSERT_FALSE(packets.empty());
  rtcp::CompoundReader reader(packets[0].bytes);
  rtcp::Packet packet;
  ASSERT_TRUE(reader.next(packet));
  EXPECT_EQ(rtcp::TransportFeedback::parse(packet)->base_sequence(), 0);
}

TEST_F(ConferenceFeedback, PublishersGetReceptionReportsWhileTheySendAndNoTimerAfterwards) {
  for (int i = 0; i < 110; ++i) {
    if (i % 10 != 3) room.rtp(ann, voice.packet(127));
    else voice.packet();  // lost
    room.advance(milliseconds(20));
  }
  const auto reports = room.feedback(ann, Connection::kPublish, rtcp::PacketType::kReceiverReport);
  EXPECT_EQ(reports.size(), 2u);
  rtcp::CompoundReader reader(reports[0].bytes);
  rtcp::Packet packet;
  ASSERT_TRUE(reader.next(packet));
  auto report = rtcp::ReceiverReport::parse(packet).value();
  rtcp::ReportBlock block;
  ASSERT_TRUE(report.blocks.next(block));
  EXPECT_EQ(block.ssrc, 10u);
  EXPECT_NEAR(block.fraction_lost, 25, 6);
  room.advance(seconds(10));
  EXPECT_EQ(room.conference.next_timeout(), Time::max()) << "an idle room costs nothing";
}

TEST_F(ConferenceFeedback, MalformedRtcpIsCountedAndChangesNothing) {
  room.rtcp(bob, Connection::kSubscribe, Bytes{0x81, 206, 0, 9, 1});
  room.rtcp(ann, Connection::kPublish, Bytes{0x81, 200, 0, 1, 1, 2, 3, 4});
  room.rtcp(ann, Connection::kPublish, Bytes{0x01});
  EXPECT_EQ(room.conference.stats().rtcp_malformed, 2u);
  EXPECT_EQ(room.sink.count, 0u);
}

}  // namespace
}  // namespace sotto::bridge
