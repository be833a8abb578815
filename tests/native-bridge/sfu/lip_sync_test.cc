// Sender reports to receivers: audio and video of one publisher stay in step, whoever sits in
// the seat and however its clock is set.
#include <gtest/gtest.h>

#include <cmath>

#include "native-bridge/sfu/synthetic_stream.h"
#include "rtcp/ntp_time.h"
#include "rtcp/source_description.h"

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;

// A publisher with a wall clock of its own, who stamps audio and video at capture.
struct Person {
  Person(Room& in, EndpointIndex who, std::uint32_t first_ssrc, double wall_clock)
      : room(in), index(who), wall(wall_clock) {
    audio.ssrc = first_ssrc;
    video.ssrc = first_ssrc + 10;
  }

  std::uint64_t ntp(double seconds) const {
    const double whole = std::floor(seconds);
    return static_cast<std::uint64_t>(whole) << 32 |
           static_cast<std::uint64_t>((seconds - whole) * 4294967296.0);
  }
  // 40 ms of talk: two audio packets, one frame, captured now.
  void talk(std::uint8_t level, bool key) {
    const double elapsed = std::chrono::duration<double>(room.now - started).count();
    audio.timestamp = audio_start + static_cast<std::uint32_t>(std::llround(elapsed * 48000)) - 960;
    video.timestamp = video_start + static_cast<std::uint32_t>(std::llround(elapsed * 90000)) - 3000;
    room.rtp(index, audio.packet(level));
    for (auto& packet : video.frame(key, 1)) room.rtp(index, packet);
    room.advance(milliseconds(40));
  }
  void report() {
    const double elapsed = std::chrono::duration<double>(room.now - started).count();
    const auto at = [elapsed](std::uint32_t start, int rate) {
      return start + static_cast<std::uint32_t>(std::llround(elapsed * rate));
    };
    room.rtcp(index, Connection::kPublish,
              sender_report(audio.ssrc, ntp(wall + elapsed), at(audio_start, 48000)));
    room.rtcp(index, Connection::kPublish,
              sender_report(video.ssrc, ntp(wall + elapsed), at(video_start, 90000)));
  }

  Room& room;
  EndpointIndex index;
  double wall;
  Time started = room.now;
  OpusStream audio;
  Vp8Stream video;
  std::uint32_t audio_start = 0xfffff000u;
  std::uint32_t video_start = 12345;
};

struct Report {
  double ntp;
  std::uint32_t timestamp;
};

std::optional<Report> last_report(const Room& room, EndpointIndex viewer, std::uint32_t ssrc) {
  std::optional<Report> last;
  for (const auto& sent : room.feedback(viewer, Connection::kSubscribe,
                                        rtcp::PacketType::kSenderReport)) {
    rtcp::CompoundReader reader(sent.bytes);
    rtcp::Packet packet;
    if (!reader.next(packet)) continue;
    const auto report = rtcp::SenderReport::parse(packet).value();
    if (report.ssrc != ssrc) continue;
    last = Report{static_cast<double>(report.ntp) / 4294967296.0, report.rtp_timestamp};
  }
  return last;
}

// The capture time, on the reports' clock, of the newest packet under `ssrc`.
double capture_of_newest(const Room& room, EndpointIndex viewer, std::uint32_t ssrc, int rate) {
  const auto packets = room.received(viewer, ssrc);
  const auto report = last_report(room, viewer, ssrc);
  EXPECT_TRUE(report);
  const RtpView newest = RtpView::parse(packets.back().bytes).value();
  return report->ntp + static_cast<std::int32_t>(newest.timestamp() - report->timestamp) /
                           static_cast<double>(rate);
}

TEST(LipSync, AudioAndVideoCapturedTogetherArePlayedTogether) {
  Room room;
  const EndpointIndex index = room.join();
  const EndpointIndex viewer = room.join();
  Person ann(room, index, 100, 3'900'000'000.25);
  room.publish(index, {microphone(1, 100), camera(2, 110)});
  for (int i = 0; i < 60; ++i) {
    if (i % 25 == 5) ann.report();
    ann.talk(30, i == 0);
  }
  const SeatStreams seat = room.streams(viewer, 0);
  EXPECT_NEAR(capture_of_newest(room, viewer, seat.audio_ssrc, 48000),
              capture_of_newest(room, viewer, seat.video_ssrc, 90000), 0.001);
}

TEST(LipSync, BothStreamsOfASeatHaveOneCname) {
  Room room;
  const EndpointIndex index = room.join();
  const EndpointIndex viewer = room.join();
  Person ann(room, index, 100, 10);
  room.publish(index, {microphone(1, 100), camera(2, 110)});
  ann.report();
  for (int i = 0; i < 30; ++i) ann.talk(30, i == 0);
  std::map<std::uint32_t, std::string> names;
  for (const auto& sent : room.feedback(viewer, Connection::kSubscribe,
                                        rtcp::PacketType::kSourceDescription)) {
    rtcp::CompoundReader reader(sent.bytes);
    rtcp::Packet packet;
    ASSERT_TRUE(reader.next(packet));
    rtcp::SourceDescription chunk;
    rtcp::SourceDescriptionReader chunks(packet);
    while (chunks.next(chunk)) names[chunk.ssrc] = chunk.cname;
  }
  const SeatStreams seat = room.streams(viewer, 0);
  EXPECT_EQ(names[seat.audio_ssrc], seat.cname);
  EXPECT_EQ(names[seat.video_ssrc], seat.cname);
}

// The clocks of the two people differ by an hour. Receivers fit a line through the reports of
// one SSRC: it must not bend when the other takes the seat.
TEST(LipSync, AChangeOfOccupantKeepsOneClockAndStaysInSync) {
  Room room({.seats = 1});
  const EndpointIndex viewer = room.join();
  const EndpointIndex first = room.join();
  const EndpointIndex second = room.join();
  Person ann(room, first, 100, 3'900'000'000.0);
  Person bob(room, second, 200, 3'900'003'600.0);
  bob.audio_start = 5;
  bob.video_start = 0x7fffffff;
  room.publish(first, {microphone(1, 100), camera(2, 110)});
  room.publish(second, {microphone(3, 200), camera(4, 210)});
  const SeatStreams seat = room.streams(viewer, 0);
  for (int i = 0; i < 60; ++i) {
    if (i % 25 == 5) ann.report(), bob.report();
    ann.talk(30, i == 0);
  }
  const auto before = last_report(room, viewer, seat.video_ssrc);
  ASSERT_TRUE(before);
  room.want(viewer, {{second, Group::kCamera, 720}});
  for (int i = 0; i < 60; ++i) {
    if (i % 25 == 5) bob.report();
    bob.talk(30, i == 1);
  }
  ASSERT_EQ(room.seat_of(viewer, second), 0u);
  const auto after = last_report(room, viewer, seat.video_ssrc);
  EXPECT_NEAR(static_cast<std::int32_t>(after->timestamp - before->timestamp) / 90000.0,
              after->ntp - before->ntp, 0.02);
  EXPECT_NEAR(capture_of_newest(room, viewer, seat.audio_ssrc, 48000),
              capture_of_newest(room, viewer, seat.video_ssrc, 90000), 0.001);
}

TEST(LipSync, ReportsComeAtLeastEverySecondAndSoonAfterAChange) {
  Room room;
  const EndpointIndex index = room.join();
  const EndpointIndex viewer = room.join();
  Person ann(room, index, 100, 99);
  room.publish(index, {microphone(1, 100), camera(2, 110)});
  ann.report();
  ann.talk(30, true);
  EXPECT_TRUE(last_report(room, viewer, room.streams(viewer, 0).video_ssrc));
  Time last = room.now;
  for (int i = 0; i < 120; ++i) {
    ann.talk(30, false);
    const auto reports =
        room.feedback(viewer, Connection::kSubscribe, rtcp::PacketType::kSenderReport);
    if (!reports.empty()) last = std::max(last, reports.back().at);
    ASSERT_LE(room.now - last, milliseconds(1100));
  }
}

TEST(LipSync, AReportThatSaysNonsenseDoesNotThrowTheTimelineOff) {
  Room room;
  const EndpointIndex index = room.join();
  const EndpointIndex viewer = room.join();
  room.publish(index, {camera(2, 110)});
  Person ann(room, index, 100, 1000);
  ann.report();
  ann.talk(30, true);
  // The timestamp of a day from now, then a new stream that begins while that report stands.
  room.rtcp(index, Connection::kPublish, sender_report(110, ann.ntp(1001), 12345u + 90000u * 20000u));
  const auto before = room.received(viewer, room.streams(viewer, 0).video_ssrc).back();
  room.want(viewer, {{index, Group::kCamera, 0}});
  room.want(viewer, {{index, Group::kCamera, 720}});
  ann.talk(30, true);
  const auto after = room.received(viewer, room.streams(viewer, 0).video_ssrc).back();
  const auto step = static_cast<std::int32_t>(RtpView::parse(after.bytes)->timestamp() -
                                              RtpView::parse(before.bytes)->timestamp());
  EXPECT_GT(step, 0);
  EXPECT_LT(step, 90000);
}

}  // namespace
}  // namespace sotto::bridge
