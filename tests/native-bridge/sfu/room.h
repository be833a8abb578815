// A conference in virtual time: endpoints that publish and answer offers, and everything that
// was sent to them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "rtcp/packet.h"
#include "rtp/extension_reader.h"
#include "rtp/packet.h"
#include "sfu/conference.h"
#include "support/seeded_random.h"

namespace sotto::bridge {

struct SentPacket {
  Time at;
  EndpointIndex to;
  Connection connection;
  bool rtcp;
  std::vector<std::uint8_t> bytes;
};

class CapturingSink : public PacketSink {
 public:
  MutableBytes begin(EndpointIndex to, Connection connection, std::size_t max_plain) override {
    if (blocked) return {};
    to_ = to;
    connection_ = connection;
    return MutableBytes(buffer_).first(max_plain);
  }
  void finish_rtp(std::size_t size) override { finish(size, false); }
  void finish_rtcp(std::size_t size) override { finish(size, true); }

  Time now{};
  bool blocked = false;
  bool keep = true;  // false: only count, without allocating
  std::size_t count = 0;
  std::vector<SentPacket> packets;

 private:
  void finish(std::size_t size, bool rtcp) {
    ++count;
    if (!keep) return;
    packets.push_back({now,
                       to_,
                       connection_,
                       rtcp,
                       {buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(size)}});
  }
  EndpointIndex to_{};
  Connection connection_{};
  std::vector<std::uint8_t> buffer_ = std::vector<std::uint8_t>(4096);
};

// What receivers accept: ids and payload types that no publisher uses.
inline constexpr std::uint8_t kOutOpus = 50;
inline constexpr std::uint8_t kOutVp8 = 100;
inline constexpr std::uint8_t kOutVp8Rtx = 101;
inline constexpr std::uint8_t kOutVp9 = 102;
inline constexpr std::uint8_t kOutVp9Rtx = 103;
inline constexpr std::uint8_t kOutH264 = 104;
inline constexpr std::uint8_t kOutH264Rtx = 105;

inline std::vector<NegotiatedExtension> extension_list(
    std::initializer_list<std::pair<Extension, int>> entries) {
  std::vector<NegotiatedExtension> list;
  for (auto [extension, id] : entries) {
    list.push_back({static_cast<std::uint8_t>(id), std::string(uri(extension))});
  }
  return list;
}

inline SubscribeParameters subscribe_parameters() {
  SubscribeParameters parameters;
  parameters.audio.codecs = {{"opus", "", kOutOpus, std::nullopt}};
  parameters.audio.extensions = extension_list(
      {{Extension::kMid, 1}, {Extension::kAudioLevel, 2}, {Extension::kAbsSendTime, 3}});
  parameters.video.codecs = {{"VP8", "", kOutVp8, kOutVp8Rtx}, {"VP9", "0", kOutVp9, kOutVp9Rtx},
                             {"H264", "", kOutH264, kOutH264Rtx}};
  parameters.video.extensions = extension_list({{Extension::kMid, 1},
                                                {Extension::kAbsSendTime, 3},
                                                {Extension::kDependencyDescriptor, 4},
                                                {Extension::kVideoOrientation, 5}});
  return parameters;
}

inline ExtensionMap out_extensions(MediaKind kind) {
  ExtensionMap map;
  const auto parameters = subscribe_parameters();
  const auto& list =
      kind == MediaKind::kAudio ? parameters.audio.extensions : parameters.video.extensions;
  for (const auto& entry : list) map.set(*extension_from_uri(entry.uri), entry.id);
  return map;
}

class Room {
 public:
  explicit Room(ConferenceLimits limits = {}, std::uint64_t seed = 1)
      : random_(seed), conference(limits, random_) {}

 private:
  test::SeededRandom random_;

 public:
  Conference conference;
  CapturingSink sink;
  Time now = from_microseconds(1'000'000'000);
  std::map<EndpointIndex, std::vector<SeatView>> seat_changes;
  std::vector<std::vector<EndpointIndex>> speaker_changes;
  std::map<EndpointIndex, std::size_t> seats_offered;
  bool answers = true;  // whether offers are answered at once

  EndpointIndex join() {
    const EndpointIndex index = *conference.add_endpoint(now);
    conference.set_connected(now, index, Connection::kPublish, true);
    conference.set_connected(now, index, Connection::kSubscribe, true);
    drain();
    return index;
  }

  void leave(EndpointIndex index) {
    conference.remove_endpoint(now, index);
    drain();
  }

  void publish(EndpointIndex index, const std::vector<PublishedTrack>& tracks) {
    conference.set_published(now, index, tracks);
    drain();
  }

  void want(EndpointIndex index, const std::vector<Want>& wants) {
    conference.set_wants(now, index, wants);
    drain();
  }

  void rtp(EndpointIndex from, std::vector<std::uint8_t> packet) {
    sink.now = now;
    conference.handle_rtp(now, from, packet, sink);
    drain();
  }

  void rtcp(EndpointIndex from, Connection connection, ByteView packet) {
    sink.now = now;
    conference.handle_rtcp(now, from, connection, packet, sink);
    drain();
  }

  void advance(Duration duration) {
    const Time end = now + duration;
    while (conference.next_timeout() <= end) {
      now = std::max(now, conference.next_timeout());
      sink.now = now;
      conference.handle_timeout(now, sink);
      drain();
    }
    now = end;
  }

  void drain() {
    while (auto event = conference.poll_event()) {
      if (auto* needed = std::get_if<SeatsNeeded>(&*event)) {
        seats_offered[needed->endpoint] = needed->count;
        if (!answers) continue;
        conference.set_seats_negotiated(now, needed->endpoint, needed->count,
                                        subscribe_parameters());
      } else if (auto* changed = std::get_if<SeatsChanged>(&*event)) {
        auto& log = seat_changes[changed->endpoint];
        log.insert(log.end(), changed->seats.begin(), changed->seats.end());
      } else if (auto* speakers = std::get_if<SpeakersChanged>(&*event)) {
        speaker_changes.push_back(speakers->speakers);
      }
    }
  }

  // The seat in which `viewer` sees that group.
  std::optional<std::uint32_t> seat_of(EndpointIndex viewer, EndpointIndex shown,
                                       Group group = Group::kCamera) const {
    for (const SeatView& view : conference.seat_views(viewer)) {
      if (view.occupant && view.occupant->endpoint == shown && view.occupant->group == group) {
        return view.seat;
      }
    }
    return std::nullopt;
  }

  SeatStreams streams(EndpointIndex viewer, std::uint32_t seat) const {
    return conference.seats(viewer)[seat];
  }

  // RTP that went to `to` under `ssrc`.
  std::vector<SentPacket> received(EndpointIndex to, std::uint32_t ssrc) const {
    std::vector<SentPacket> found;
    for (const SentPacket& packet : sink.packets) {
      if (packet.to != to || packet.rtcp || packet.connection != Connection::kSubscribe) continue;
      if (RtpView::parse(packet.bytes).value().ssrc() == ssrc) found.push_back(packet);
    }
    return found;
  }

  // RTCP packets of one type and format that went to `to`.
  std::vector<SentPacket> feedback(EndpointIndex to, Connection connection, rtcp::PacketType type,
                                   std::optional<int> format = std::nullopt) const {
    std::vector<SentPacket> found;
    for (const SentPacket& sent : sink.packets) {
      if (sent.to != to || !sent.rtcp || sent.connection != connection) continue;
      rtcp::CompoundReader reader(sent.bytes);
      for (rtcp::Packet packet; reader.next(packet);) {
        if (!packet.is(type) || (format && packet.count != *format)) continue;
        SentPacket one = sent;
        one.bytes.assign(packet.body.data() - 4, packet.body.data() + packet.body.size());
        found.push_back(std::move(one));
      }
    }
    return found;
  }

  std::size_t key_frame_requests(EndpointIndex publisher) const {
    return feedback(publisher, Connection::kPublish, rtcp::PacketType::kPayloadFeedback,
                    rtcp::kPliFormat)
        .size();
  }
};

}  // namespace sotto::bridge
