// Who speaks, from the audio levels in RTP headers (RFC 6464). A publisher may claim any level:
// this orders seats and marks tiles, it proves nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/time.h"
#include "rtp/extension_reader.h"
#include "sfu/media_types.h"

namespace sotto::bridge {

class SpeakerDetector {
 public:
  static constexpr Duration kInterval = std::chrono::milliseconds(250);
  // Loudness that counts as speech, and how long it lasts after the last such packet.
  static constexpr std::uint8_t kSpeechLevel = 50;  // -dBov; louder is less
  static constexpr Duration kHold = std::chrono::milliseconds(1500);
  // Another must be so much louder (dB) for so long to become the dominant speaker.
  static constexpr int kMargin = 6;
  static constexpr Duration kPatience = std::chrono::milliseconds(500);

  void on_level(Time now, EndpointIndex endpoint, AudioLevel level);
  // True when it was among speakers().
  bool remove(EndpointIndex endpoint);

  // Call at next_timeout(). True when speakers() changed: members, or who is first.
  bool handle_timeout(Time now);
  // Time::max() while nobody speaks.
  Time next_timeout() const { return next_; }

  // The dominant speaker first, the others in the order in which they began.
  const std::vector<EndpointIndex>& speakers() const { return speakers_; }

 private:
  struct Voice {
    EndpointIndex endpoint;
    int loudness = 0;     // 16 times dB over silence, smoothed
    Time last_speech{};
    Time louder_since{};  // than the dominant one; meaningful while `louder`
    bool louder = false;
    bool listed = false;
  };
  Voice* find(EndpointIndex endpoint);
  bool update_members(Time now);
  bool update_dominant(Time now);

  std::vector<Voice> voices_;  // only of those who spoke within kHold
  std::vector<EndpointIndex> speakers_;
  Time next_ = Time::max();
};

}  // namespace sotto::bridge
