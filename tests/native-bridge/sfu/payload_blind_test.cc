// The bridge decides by headers, payload descriptors and the shell's constant bytes alone: real
// recordings are played twice, the second time with everything behind those replaced by random
// bytes, and all that comes out is the same but for the payload.
#include <gtest/gtest.h>

#include "native-bridge/rtp/captured_packets.h"
#include "native-bridge/sfu/room.h"
#include "rtp/rtx.h"
#include "rtp/vp8_descriptor.h"
#include "rtp/vp9_descriptor.h"

namespace sotto::bridge {
namespace {

struct Recording {
  const char* name;
  const char* codec;
  std::uint8_t payload_type;
  std::uint8_t rtx_payload_type;
  std::vector<std::string> rids;
};

const Recording kRecordings[] = {
    {"chromium-vp8-simulcast-dd", "VP8", 96, 97, {"q", "h", "f"}},
    {"firefox-vp8-simulcast", "VP8", 120, 124, {"q", "h", "f"}},
    {"chromium-vp8-l1t3-dd", "VP8", 96, 97, {}},
    {"chromium-vp9-l3t3key-dd", "VP9", 98, 99, {}},
};

// How many payload bytes belong to the descriptor and the shell.
std::size_t readable(const Recording& recording, ByteView payload) {
  if (std::string_view(recording.codec) == "VP9") return Vp9Descriptor::parse(payload)->size;
  const auto descriptor = Vp8Descriptor::parse(payload).value();
  return descriptor.size + (descriptor.frame_start() ? 1 : 0);
}

// Replaces what an end-to-end encrypted frame hides.
void scramble(const Recording& recording, std::vector<std::uint8_t>& bytes, RandomSource& random) {
  const RtpView view = RtpView::parse(bytes).value();
  const bool rtx = view.payload_type() == recording.rtx_payload_type;
  if (view.payload().empty() || (rtx && is_rtx_padding(view))) return;
  const std::size_t osn = rtx ? kOsnSize : 0;
  const std::size_t start = view.header().size() + osn;
  const std::size_t clear = readable(recording, view.payload().subspan(osn));
  const std::size_t end = view.header().size() + view.payload().size();
  if (start + clear < end) {
    random.fill(MutableBytes(bytes).subspan(start + clear, end - start - clear));
  }
}

PublishedTrack track_of(const Recording& recording, const Capture& capture) {
  PublishedTrack track;
  track.id = TrackId{1};
  track.source = Source::kCamera;
  track.mid = "0";
  track.codecs = {{recording.codec, std::string(recording.codec) == "VP9" ? "0" : "",
                   recording.payload_type, recording.rtx_payload_type}};
  for (int id = 1; id < 256; ++id) {
    if (auto extension = capture.extensions.extension(static_cast<std::uint8_t>(id))) {
      track.extensions.push_back({static_cast<std::uint8_t>(id), std::string(uri(*extension))});
    }
  }
  track.rids = recording.rids;
  return track;
}

// Plays it to a receiver that changes its mind about the size, and returns what was sent.
std::vector<SentPacket> play(const Recording& recording, const Capture& capture, bool scrambled,
                             Room& room) {
  test::SeededRandom noise(99);
  const EndpointIndex ann = room.join();
  const EndpointIndex bob = room.join();
  room.publish(ann, {track_of(recording, capture)});
  const Time start = room.now;
  int count = 0;
  for (const CapturedPacket& packet : capture.packets) {
    if (!packet.from_browser || packet.lost) continue;
    const Time at = start + Duration(packet.at_us);
    if (at > room.now) room.advance(at - room.now);
    if (packet.rtcp) {
      room.rtcp(ann, Connection::kPublish, packet.bytes);
      continue;
    }
    std::vector<std::uint8_t> bytes = packet.bytes;
    if (scrambled) scramble(recording, bytes, noise);
    room.rtp(ann, bytes);
    if (++count == 20) room.want(bob, {{ann, Group::kCamera, 100}});
  }
  return room.sink.packets;
}

class PayloadBlind : public testing::TestWithParam<Recording> {
 protected:
  Capture capture() const {
    if (auto folder = recordings("packets")) {
      if (auto whole = load_capture(*folder, GetParam().name)) return *std::move(whole);
    }
    return fixture(GetParam().name);
  }
};

TEST_P(PayloadBlind, RandomPayloadsGiveTheSameDecisionsAndHeaders) {
  const Capture packets = capture();
  Room clear_room;
  Room blind_room;
  const auto clear = play(GetParam(), packets, false, clear_room);
  const auto blind = play(GetParam(), packets, true, blind_room);
  std::size_t media = 0;
  ASSERT_EQ(clear.size(), blind.size());
  for (std::size_t i = 0; i < clear.size(); ++i) {
    ASSERT_EQ(clear[i].to, blind[i].to);
    ASSERT_EQ(clear[i].rtcp, blind[i].rtcp);
    ASSERT_EQ(clear[i].at, blind[i].at);
    ASSERT_EQ(clear[i].bytes.size(), blind[i].bytes.size());
    if (clear[i].rtcp) {
      ASSERT_EQ(clear[i].bytes, blind[i].bytes);
      continue;
    }
    const RtpView a = RtpView::parse(clear[i].bytes).value();
    const RtpView b = RtpView::parse(blind[i].bytes).value();
    ASSERT_TRUE(equal(a.header(), b.header())) << i;
    if (a.payload().empty()) continue;
    const std::size_t size = readable(GetParam(), a.payload());
    ASSERT_TRUE(equal(a.payload().first(size), b.payload().first(size))) << i;
    ++media;
  }
  std::cout << GetParam().name << ": " << media << " packets forwarded\n";
  EXPECT_GT(media, 3u);
}

TEST_P(PayloadBlind, WhatABrowserSentComesOutAsOneContinuousStream) {
  const Capture packets = capture();
  Room room;
  play(GetParam(), packets, false, room);
  const EndpointIndex bob{1};
  const auto media = room.received(bob, room.streams(bob, 0).video_ssrc);
  ASSERT_GT(media.size(), 3u);
  const ExtensionMap map = out_extensions(MediaKind::kVideo);
  std::set<std::uint16_t> numbers;
  std::set<std::uint16_t> frames;
  const std::uint32_t start = RtpView::parse(media[0].bytes)->timestamp();
  const std::uint16_t first = RtpView::parse(media[0].bytes)->sequence_number();
  for (const SentPacket& sent : media) {
    const RtpView view = RtpView::parse(sent.bytes).value();
    ASSERT_TRUE(numbers.insert(static_cast<std::uint16_t>(view.sequence_number() - first)).second);
    const double elapsed = std::chrono::duration<double>(sent.at - media[0].at).count();
    const auto ticks = static_cast<std::int32_t>(view.timestamp() - start);
    ASSERT_NEAR(ticks / 90000.0, elapsed, 0.4) << "timestamps run with the clock";
    ASSERT_TRUE(view.payload().empty() || readable(GetParam(), view.payload()) > 0);
    const ByteView descriptor = ExtensionValues(view, map)[Extension::kDependencyDescriptor];
    if (descriptor.size() >= 3) {
      frames.insert(static_cast<std::uint16_t>(descriptor[1] << 8 | descriptor[2]));
    }
  }
  // Where the whole recording was played, hardly anything is missing: every loss on the way to
  // the bridge was repaired by the browser's own RTX.
  if (packets.packets.size() > 200) {
    EXPECT_LE(*numbers.rbegin() + 1u, numbers.size() + 3);
    // The layers of a simulcast share one count, so that one layer's numbers have steps.
    for (auto frame = std::next(frames.begin()); frame != frames.end(); ++frame) {
      ASSERT_LE(*frame - *std::prev(frame), 12);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Recordings, PayloadBlind, testing::ValuesIn(kRecordings),
                         [](const auto& info) {
                           std::string name = info.param.name;
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace sotto::bridge
