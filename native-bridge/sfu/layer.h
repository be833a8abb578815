// One encoding of a published track: an RTP stream with its RTX stream. Keeps what belongs to
// the way from the publisher: order, loss, rate, and the packets of the last second.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/time.h"
#include "cc/reception_statistics.h"
#include "rtp/dependency_descriptor.h"
#include "rtp/nack_tracker.h"
#include "rtp/retransmission_cache.h"
#include "rtp/sequence_unwrapper.h"
#include "sfu/bitrate_meter.h"
#include "sfu/keyframe_throttle.h"
#include "sfu/publisher_clock.h"
#include "sfu/sequence_window.h"

namespace sotto::bridge {

// What dies with an SSRC: a publisher that changes it starts afresh.
struct LayerStream {
  LayerStream(std::uint32_t media_ssrc, std::uint32_t clock_rate, RetransmissionCache::Config kept)
      : ssrc(media_ssrc), statistics(media_ssrc, clock_rate), cache(kept) {}

  std::uint32_t ssrc;
  SequenceUnwrapper sequence;
  SequenceWindow window;
  ReceptionStatistics statistics;
  NackTracker nack;
  RetransmissionCache cache;
  std::optional<TimestampAnchor> anchor;
  // The newest frame's timestamp, and the highest number of those before it.
  std::optional<std::uint32_t> frame_timestamp;
  std::int64_t before_frame = 0;
  // Counts SSRCs of this layer, so that seats notice a new one.
  std::uint32_t generation = 0;
};

struct Layer {
  static constexpr Duration kStopped = std::chrono::seconds(1);

  std::string rid;
  std::unique_ptr<LayerStream> stream;  // null before the first packet or declared SSRC
  std::optional<std::uint32_t> rtx_ssrc;
  BitrateMeter bitrate;
  KeyframeThrottle keyframe;
  std::unique_ptr<DependencyDescriptorParser> descriptors;  // made when the first one comes
  std::uint32_t descriptor_generation = 0;
  std::uint16_t height = 0;     // 0: the publisher did not say
  bool active = false;          // packets within kStopped
  bool seen_key_frame = false;  // its key frames can be told from other frames
  Time last_packet{};
};

}  // namespace sotto::bridge
