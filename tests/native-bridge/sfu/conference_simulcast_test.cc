// Which layer of a simulcast camera a receiver gets.
#include <gtest/gtest.h>

#include <set>

#include "base/byte_reader.h"
#include "native-bridge/sfu/synthetic_stream.h"
#include "rtcp/bandwidth_estimate.h"

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;

constexpr std::uint32_t kLow = 100;
constexpr std::uint32_t kMiddle = 200;
constexpr std::uint32_t kHigh = 300;

class ConferenceSimulcast : public testing::Test {
 protected:
  ConferenceSimulcast() : ann(room.join()), bob(room.join()) {
    room.publish(ann, {simulcast_camera(1)});
  }

  // 30 frames a second of every layer that runs; key frames where they were asked for.
  void run(int frames) {
    for (int i = 0; i < frames; ++i) {
      for (Vp8Stream* stream : {&low, &middle, &high}) {
        if (stopped.count(stream->ssrc)) continue;
        const bool key = stream->frames == 0 || asked(stream->ssrc);
        for (auto& packet : stream->frame(key, stream == &high ? 4 : 1)) room.rtp(ann, packet);
      }
      room.advance(Duration(33'333));
    }
  }
  // Whether a PLI for this layer came since the last time.
  bool asked(std::uint32_t ssrc) {
    const auto requests = room.feedback(ann, Connection::kPublish,
                                        rtcp::PacketType::kPayloadFeedback, rtcp::kPliFormat);
    std::size_t count = 0;
    for (const auto& request : requests) {
      ByteReader reader(ByteView(request.bytes).subspan(8));
      count += reader.u32().value() == ssrc;
    }
    const bool more = count > answered_[ssrc];
    answered_[ssrc] = count;
    return more;
  }
  void estimate(std::uint64_t bits_per_second) {
    Bytes remb(64);
    ByteWriter writer(remb);
    const std::uint32_t ssrc = room.streams(bob, 0).video_ssrc;
    rtcp::write_bandwidth_estimate(writer, {1, bits_per_second}, std::span(&ssrc, 1));
    room.rtcp(bob, Connection::kSubscribe, writer.written());
  }
  // The layer of the newest packet that Bob got; 0 when nothing came since the last call.
  std::uint32_t layer_shown() {
    const auto packets = room.received(bob, room.streams(bob, 0).video_ssrc);
    const bool fresh = packets.size() > seen_;
    seen_ = packets.size();
    if (!fresh) return 0;
    return origin_ssrc(RtpView::parse(packets.back().bytes).value());
  }
  void expect_continuous() {
    const auto packets = room.received(bob, room.streams(bob, 0).video_ssrc);
    for (std::size_t i = 1; i < packets.size(); ++i) {
      const RtpView before = RtpView::parse(packets[i - 1].bytes).value();
      const RtpView view = RtpView::parse(packets[i].bytes).value();
      ASSERT_EQ(static_cast<std::uint16_t>(view.sequence_number() - before.sequence_number()), 1);
      const auto step = static_cast<std::int32_t>(view.timestamp() - before.timestamp());
      ASSERT_GE(step, 0);
      ASSERT_LE(step, 9000) << "no jump in time at packet " << i;
    }
  }

  Room room;
  EndpointIndex ann;
  EndpointIndex bob;
  // About 43, 170 and 1100 kbit/s, each with timestamps of its own, as browsers do it.
  Vp8Stream low{.ssrc = kLow, .timestamp = 7, .rid = "q", .size = 180};
  Vp8Stream middle{.ssrc = kMiddle, .timestamp = 0x80000000u, .rid = "h", .size = 700};
  Vp8Stream high{.ssrc = kHigh, .timestamp = 0xfffffff0u, .rid = "f", .size = 1150};
  std::set<std::uint32_t> stopped;

 private:
  std::map<std::uint32_t, std::size_t> answered_;
  std::size_t seen_ = 0;
};

TEST_F(ConferenceSimulcast, TheLargestLayerIsShownWithoutAWish) {
  run(60);
  EXPECT_EQ(layer_shown(), kHigh);
  expect_continuous();
}

TEST_F(ConferenceSimulcast, TheWantedHeightChoosesTheLayerWithoutABreak) {
  run(40);
  room.want(bob, {{ann, Group::kCamera, 150}});
  run(30);
  EXPECT_EQ(layer_shown(), kLow);
  room.want(bob, {{ann, Group::kCamera, 360}});
  run(30);
  EXPECT_EQ(layer_shown(), kMiddle);
  room.want(bob, {{ann, Group::kCamera, 720}});
  run(30);
  EXPECT_EQ(layer_shown(), kHigh);
  expect_continuous();
}

TEST_F(ConferenceSimulcast, TheOldLayerGoesOnUntilTheNewOnesKeyFrame) {
  run(40);
  layer_shown();
  room.want(bob, {{ann, Group::kCamera, 150}});
  for (auto& packet : high.frame(false, 4)) room.rtp(ann, packet);
  EXPECT_EQ(layer_shown(), kHigh);
  for (auto& packet : low.frame(false, 1)) room.rtp(ann, packet);
  EXPECT_EQ(layer_shown(), 0u) << "no key frame yet";
  for (auto& packet : low.frame(true, 1)) room.rtp(ann, packet);
  EXPECT_EQ(layer_shown(), kLow);
  for (auto& packet : high.frame(false, 4)) room.rtp(ann, packet);
  EXPECT_EQ(layer_shown(), 0u) << "and now no more of the old one";
}

TEST_F(ConferenceSimulcast, ALayerThatStopsIsLeftForOneThatRuns) {
  run(60);
  stopped = {kHigh};
  run(60);
  EXPECT_EQ(layer_shown(), kMiddle);
  stopped = {};
  run(60);
  EXPECT_EQ(layer_shown(), kHigh);
}

TEST_F(ConferenceSimulcast, AFallingEstimateTakesTheLayerDownAtOnce) {
  run(60);
  estimate(400'000);
  run(20);
  EXPECT_EQ(layer_shown(), kMiddle);
  estimate(60'000);
  run(20);
  EXPECT_EQ(layer_shown(), kLow) << "the last layer of the only video stays";
  expect_continuous();
}

// A link that carries the middle layer: the estimate climbs to half as much again, no further.
TEST_F(ConferenceSimulcast, ALinkThatIsTooSmallIsTriedLaterAndLater) {
  run(60);
  int rises = 0;
  std::uint32_t last = kHigh;
  for (int second = 0; second < 120; ++second) {
    estimate(300'000);
    run(30);
    const std::uint32_t now_shown = layer_shown();
    rises += last == kMiddle && now_shown == kHigh;
    last = now_shown;
  }
  EXPECT_GE(rises, 2) << "a better link would be found";
  EXPECT_LE(rises, 6) << "and a bad one is not hammered";
  expect_continuous();
}

TEST_F(ConferenceSimulcast, ALinkThatHasRecoveredIsFoundThoughTheEstimateClimbsSlowly) {
  run(60);
  estimate(200'000);
  run(30);
  EXPECT_EQ(layer_shown(), kMiddle);
  double bits_per_second = 250'000;
  for (int second = 0; second < 12; ++second) {
    estimate(static_cast<std::uint64_t>(bits_per_second *= 1.08));
    run(30);
  }
  EXPECT_EQ(layer_shown(), kHigh) << "at " << bits_per_second;
}

TEST_F(ConferenceSimulcast, TwoReceiversOfOneCameraEachGetTheirLayer) {
  const auto eve = room.join();
  run(5);
  room.want(eve, {{ann, Group::kCamera, 180}});
  run(60);
  EXPECT_EQ(layer_shown(), kHigh);
  const auto packets = room.received(eve, room.streams(eve, 0).video_ssrc);
  EXPECT_EQ(origin_ssrc(RtpView::parse(packets.back().bytes).value()), kLow);
}

}  // namespace
}  // namespace sotto::bridge
