// The audio of one seat: forwards the occupant's stream from its next packet on, renumbered so
// that the receiver sees a single stream.
#pragma once

#include <cstdint>
#include <optional>

#include "base/random.h"
#include "sfu/publisher.h"
#include "sfu/sequence_map.h"
#include "sfu/timestamp_map.h"

namespace sotto::bridge {

struct AudioRenumbering {
  std::uint16_t sequence_number = 0;
  std::uint32_t timestamp = 0;
  bool switched = false;  // first packet of a new source: a talkspurt begins (RFC 3551 4.1)
};

class AudioForwarder {
 public:
  explicit AudioForwarder(RandomSource& random)
      : sequence_(static_cast<std::uint16_t>(random.u32())), timestamps_(48000, random.u32()) {}

  void detach() { generation_.reset(); }

  std::optional<AudioRenumbering> forward(const ReceivedPacket& packet) {
    AudioRenumbering out;
    const std::uint32_t generation = packet.track->layer(0).stream->generation;
    if (generation_ != generation) {
      if (packet.empty) return std::nullopt;
      generation_ = generation;
      sequence_.restart(packet.sequence, ++epoch_);
      timestamps_.restart(packet.view.timestamp(), packet.capture);
      out.switched = true;
    }
    if (packet.empty && sequence_.consume(packet.sequence)) return std::nullopt;
    const auto sequence_number = sequence_.map(packet.sequence);
    if (!sequence_number) return std::nullopt;
    out.sequence_number = *sequence_number;
    out.timestamp = timestamps_.map(packet.view.timestamp());
    return out;
  }

  bool flowing() const { return generation_.has_value(); }
  std::uint32_t timestamp_offset() const { return timestamps_.offset(); }

 private:
  SequenceMap sequence_;
  TimestampMap timestamps_;
  std::uint32_t epoch_ = 0;
  std::optional<std::uint32_t> generation_;  // of the source's stream
};

}  // namespace sotto::bridge
