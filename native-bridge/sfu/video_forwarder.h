// The video of one seat: follows one layer of one track at a time, changes layer or track at a
// key frame, and renumbers so that the receiver sees a single stream.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/random.h"
#include "base/time.h"
#include "rtp/descriptor_patch.h"
#include "rtp/frame_info.h"
#include "sfu/descriptor_counter.h"
#include "sfu/publisher.h"
#include "sfu/sequence_map.h"
#include "sfu/timestamp_map.h"

namespace sotto::bridge {

// How a packet's numbers read for this receiver.
struct Renumbering {
  std::uint16_t sequence_number = 0;
  std::uint32_t timestamp = 0;
  std::optional<std::uint16_t> frame_number;
  DescriptorPatch descriptor;
};

class VideoForwarder {
 public:
  // How long to wait for a key frame of a stream that never showed one: its frames cannot be
  // told apart, so after the request had time to be served any new frame is as good.
  static constexpr Duration kOpaqueWait = std::chrono::seconds(2);

  explicit VideoForwarder(RandomSource& random);

  // Nothing is forwarded until the next set_target() and a key frame after it.
  void detach();
  // The layer to forward from its next key frame on; nothing: stop at once.
  void set_target(Time now, std::optional<std::uint8_t> layer);
  std::optional<std::uint8_t> current() const { return current_; }
  std::optional<std::uint8_t> target() const { return target_; }
  bool waiting() const { return target_ && target_ != current_; }

  // Nothing: not for this receiver. `switched` tells that a new source began with this packet.
  std::optional<Renumbering> forward(Time now, const ReceivedPacket& packet, bool& switched);

  // For NACK: which packet of `track` went out under `out`; nothing when it was another track's.
  struct Source {
    std::uint8_t layer;
    std::uint16_t sequence_number;
    std::uint32_t epoch;
  };
  std::optional<Source> source(const Track& track, std::uint16_t out) const;
  // The same numbers as the first time, but for the sequence number.
  Renumbering again(const Source& source, std::uint32_t timestamp, const FrameInfo& frame,
                    std::optional<std::uint16_t> frame_number) const;

  // What the current source's timestamps are moved by.
  std::uint32_t timestamp_offset() const { return timestamps_.offset(); }

 private:
  // One run of packets from one stream.
  struct Epoch {
    std::uint32_t number = 0;
    TrackId track{};
    std::uint8_t layer = 0;
    std::uint32_t stream_generation = 0;
    std::uint32_t timestamp_offset = 0;
    CounterOffset picture_id;
    CounterOffset tl0_picture_index;
    CounterOffset key_index;
    CounterOffset frame_number;
  };
  static constexpr std::size_t kEpochs = 4;

  bool may_switch(Time now, const ReceivedPacket& packet);
  void begin_epoch(const ReceivedPacket& packet);
  const Epoch* find_epoch(std::uint32_t number) const;
  Epoch& epoch() { return epochs_[epoch_number_ % kEpochs]; }
  Renumbering renumber(const ReceivedPacket& packet, std::uint16_t sequence_number);

  SequenceMap sequence_;
  TimestampMap timestamps_;
  DescriptorCounter picture_ids_;
  DescriptorCounter tl0_picture_indices_;
  DescriptorCounter key_indices_;
  DescriptorCounter frame_numbers_;
  std::array<Epoch, kEpochs> epochs_{};
  std::uint32_t epoch_number_ = 0;
  std::optional<std::uint8_t> current_;
  std::optional<std::uint8_t> target_;
  Time waiting_since_{};
  std::optional<std::uint32_t> waited_timestamp_;  // newest of the target while waiting
};

// frame_number of a packet's Dependency Descriptor.
std::optional<std::uint16_t> frame_number_of(const ExtensionValues& extensions);

}  // namespace sotto::bridge
