// Publishers' streams, made by hand: VP8 with picture ids, simulcast, and Opus.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/byte_writer.h"
#include "native-bridge/sfu/room.h"
#include "rtcp/report.h"

namespace sotto::bridge {

inline constexpr std::uint8_t kInOpus = 111;
inline constexpr std::uint8_t kInVp8 = 96;
inline constexpr std::uint8_t kInVp8Rtx = 97;

inline std::vector<NegotiatedExtension> publish_extensions() {
  return extension_list({{Extension::kMid, 9},
                         {Extension::kRid, 10},
                         {Extension::kRepairedRid, 11},
                         {Extension::kTransportCc, 4},
                         {Extension::kAudioLevel, 6},
                         {Extension::kDependencyDescriptor, 13}});
}

inline PublishedTrack microphone(std::uint32_t id, std::uint32_t ssrc) {
  PublishedTrack track;
  track.id = TrackId{id};
  track.source = Source::kMicrophone;
  track.mid = "0";
  track.codecs = {{"OPUS", "", kInOpus, std::nullopt}};
  track.extensions = publish_extensions();
  track.ssrcs = {{ssrc, std::nullopt}};
  return track;
}

inline PublishedTrack camera(std::uint32_t id, std::uint32_t ssrc) {
  PublishedTrack track;
  track.id = TrackId{id};
  track.source = Source::kCamera;
  track.mid = "1";
  track.codecs = {{"VP8", "", kInVp8, kInVp8Rtx}};
  track.extensions = publish_extensions();
  track.ssrcs = {{ssrc, ssrc + 1}};
  return track;
}

inline PublishedTrack simulcast_camera(std::uint32_t id) {
  PublishedTrack track = camera(id, 0);
  track.ssrcs.clear();
  track.rids = {"q", "h", "f"};
  return track;
}

using Bytes = std::vector<std::uint8_t>;

// One-byte extension elements, padded to words.
inline Bytes extension_block(const std::vector<std::pair<int, Bytes>>& elements) {
  Bytes body;
  for (const auto& [id, data] : elements) {
    body.push_back(static_cast<std::uint8_t>(id << 4 | static_cast<int>(data.size() - 1)));
    body.insert(body.end(), data.begin(), data.end());
  }
  while (body.size() % 4 != 0) body.push_back(0);
  Bytes block{0xbe, 0xde, 0, static_cast<std::uint8_t>(body.size() / 4)};
  block.insert(block.end(), body.begin(), body.end());
  return block;
}

inline Bytes text_bytes(const std::string& text) {
  return {text.begin(), text.end()};
}

inline Bytes rtp_packet(std::uint8_t payload_type, bool marker, std::uint16_t sequence,
                        std::uint32_t timestamp, std::uint32_t ssrc,
                        const std::vector<std::pair<int, Bytes>>& extensions, const Bytes& payload,
                        std::uint8_t padding = 0) {
  Bytes out(2048);
  ByteWriter writer(out);
  writer.u8(
      static_cast<std::uint8_t>(0x80 | (extensions.empty() ? 0 : 0x10) | (padding > 0 ? 0x20 : 0)));
  writer.u8(static_cast<std::uint8_t>((marker ? 0x80 : 0) | payload_type));
  writer.u16(sequence);
  writer.u32(timestamp);
  writer.u32(ssrc);
  if (!extensions.empty()) writer.bytes(extension_block(extensions));
  writer.bytes(payload);
  if (padding > 0) {
    writer.zeros(padding - 1u);
    writer.u8(padding);
  }
  out.resize(writer.size());
  return out;
}

inline Bytes sender_report(std::uint32_t ssrc, std::uint64_t ntp, std::uint32_t timestamp) {
  Bytes out(64);
  ByteWriter writer(out);
  rtcp::SenderReport report;
  report.ssrc = ssrc;
  report.ntp = ntp;
  report.rtp_timestamp = timestamp;
  rtcp::write_sender_report(writer, report, {});
  out.resize(writer.size());
  return out;
}

struct Vp8Stream {
  std::uint32_t ssrc = 0;
  std::uint16_t sequence = 100;
  std::uint32_t timestamp = 5000;
  std::uint16_t picture_id = 40;
  std::uint8_t tl0_picture_index = 7;
  std::string rid{};  // written on every packet when set
  std::size_t size = 200;
  std::uint32_t frames = 0;

  // One frame of `count` packets, 3000 ticks (1/30 s) after the one before.
  std::vector<Bytes> frame(bool key, std::size_t count = 2) {
    timestamp += 3000;
    picture_id = (picture_id + 1) & 0x7fff;
    ++tl0_picture_index;
    ++frames;
    std::vector<Bytes> packets;
    for (std::size_t i = 0; i < count; ++i) {
      Bytes payload{static_cast<std::uint8_t>(i == 0 ? 0x90 : 0x80), 0xc0,
                    static_cast<std::uint8_t>(0x80 | picture_id >> 8),
                    static_cast<std::uint8_t>(picture_id & 0xff), tl0_picture_index};
      if (i == 0 && key)
        payload.insert(payload.end(), {0x10, 0, 0, 0x9d, 1, 0x2a, 0x10, 0, 0x10, 0});
      if (i == 0 && !key) payload.push_back(0x11);
      // Something that tells where a packet came from: the SSRC and the frame's number.
      Bytes mark(8);
      ByteWriter writer(mark);
      writer.u32(ssrc);
      writer.u32(frames);
      payload.insert(payload.end(), mark.begin(), mark.end());
      payload.resize(std::max(payload.size(), size), 0x5a);
      packets.push_back(packet(i + 1 == count, payload));
    }
    return packets;
  }

  Bytes packet(bool marker, const Bytes& payload) {
    return rtp_packet(kInVp8, marker, sequence++, timestamp, ssrc, extensions(), payload);
  }
  Bytes padding_only() {
    return rtp_packet(kInVp8, false, sequence++, timestamp, ssrc, extensions(), {}, 64);
  }
  std::vector<std::pair<int, Bytes>> extensions() const {
    if (rid.empty()) return {};
    return {{9, text_bytes("1")}, {10, text_bytes(rid)}};
  }
};

struct OpusStream {
  std::uint32_t ssrc = 0;
  std::uint16_t sequence = 900;
  std::uint32_t timestamp = 77;
  // 20 ms. `level`: -dBov.
  Bytes packet(std::uint8_t level = 30) {
    timestamp += 960;
    return rtp_packet(kInOpus, false, sequence++, timestamp, ssrc,
                      {{6, {static_cast<std::uint8_t>(0x80 | level)}}}, Bytes(60, 0x33));
  }
  Bytes padding_only() {
    return rtp_packet(kInOpus, false, sequence++, timestamp, ssrc, {}, {}, 32);
  }
};

// Where a forwarded packet's payload came from (see Vp8Stream::frame): finds the mark.
inline std::uint32_t origin_ssrc(const RtpView& view) {
  const ByteView payload = view.payload();
  const bool first = (payload[0] & 0x10) != 0;
  const bool key = first && (payload[5] & 1) == 0;
  const std::size_t at = 5 + (first ? (key ? 10u : 1u) : 0u);
  return static_cast<std::uint32_t>(payload[at] << 24 | payload[at + 1] << 16 |
                                    payload[at + 2] << 8 | payload[at + 3]);
}

}  // namespace sotto::bridge
