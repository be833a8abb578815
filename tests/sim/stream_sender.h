// One track as a virtual client sends it: RTP packets whose payload is checked content, kept for
// resending, and key frames when they are asked for.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "sfu/media_types.h"
#include "sim/sdp_text.h"

namespace sotto::bridge::sim {

class StreamSender {
 public:
  using Packet = std::vector<std::uint8_t>;

  StreamSender(std::uint32_t publisher, const OfferedMedia& media, Time start);

  const OfferedMedia& media() const { return media_; }
  OfferedMedia& media() { return media_; }

  // Audio: a packet every 20 ms. Video: a frame of two packets every 50 ms.
  Time next() const { return paused ? Time::max() : next_; }
  std::vector<Packet> tick(Time now);

  void request_key_frame() { key_frame_wanted_ = true; }
  // A NACK came for it.
  void request(std::uint16_t sequence_number) { requests_.push_back(sequence_number); }
  std::vector<std::uint16_t> take_requests() { return std::exchange(requests_, {}); }
  // As RTX where there is one; nothing when it is too old.
  std::optional<Packet> resend(std::uint16_t sequence_number);

  std::uint32_t sent() const { return counter_; }  // packets; their contents count from 0
  std::uint64_t key_frames() const { return key_frames_; }
  std::uint64_t resent() const { return resent_; }

  bool paused = false;
  std::uint8_t audio_level = 20;  // -dBov: 127 is silence

 private:
  Packet make_packet(bool first_of_frame, bool key_frame, bool last_of_frame);

  std::uint32_t publisher_;
  OfferedMedia media_;
  Time start_;
  Time next_;
  std::uint32_t timestamp_;
  std::uint16_t sequence_number_;
  std::uint16_t rtx_sequence_number_ = 7;
  std::uint16_t picture_id_ = 1;
  std::uint32_t counter_ = 0;
  bool key_frame_wanted_ = true;
  std::uint64_t key_frames_ = 0;
  std::uint64_t resent_ = 0;
  std::deque<Packet> kept_;
  std::vector<std::uint16_t> requests_;
};

}  // namespace sotto::bridge::sim
