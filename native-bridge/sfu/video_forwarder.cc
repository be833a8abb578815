#include "sfu/video_forwarder.h"

#include "base/byte_reader.h"

namespace sotto::bridge {
namespace {

constexpr int kTl0Bits = 8;
constexpr int kKeyIndexBits = 5;
constexpr int kFrameNumberBits = 16;
constexpr std::uint32_t kVideoClockRate = 90000;

}  // namespace

std::optional<std::uint16_t> frame_number_of(const ExtensionValues& extensions) {
  // |S|E|template_id(6)| frame_number (16) |
  ByteReader reader(extensions[Extension::kDependencyDescriptor]);
  if (!reader.skip(1)) return std::nullopt;
  auto number = reader.u16();
  if (!number) return std::nullopt;
  return *number;
}

VideoForwarder::VideoForwarder(RandomSource& random)
    : sequence_(static_cast<std::uint16_t>(random.u32())),
      timestamps_(kVideoClockRate, random.u32()) {}

void VideoForwarder::detach() {
  current_.reset();
  target_.reset();
}

void VideoForwarder::set_target(Time now, std::optional<std::uint8_t> layer) {
  if (!layer) current_.reset();
  if (target_ == layer) return;
  target_ = layer;
  waiting_since_ = now;
  waited_timestamp_.reset();
}

bool VideoForwarder::may_switch(Time now, const ReceivedPacket& packet) {
  if (packet.empty) return false;
  // An H.264 picture without the parameter sets that were sent before it opens nothing; they,
  // resent, do, and the receiver's NACK then fetches what came between.
  if (packet.frame.key_frame) return packet.codec != Codec::kH264 || packet.opens_frame;
  if (packet.track->layer(packet.layer).seen_key_frame) return false;
  const std::uint32_t timestamp = packet.view.timestamp();
  const bool next_frame =
      waited_timestamp_ && static_cast<std::int32_t>(timestamp - *waited_timestamp_) > 0;
  if (!waited_timestamp_ || next_frame) waited_timestamp_ = timestamp;
  return next_frame && now - waiting_since_ >= kOpaqueWait;
}

void VideoForwarder::begin_epoch(const ReceivedPacket& packet) {
  ++epoch_number_;
  sequence_.restart(packet.sequence, epoch_number_);
  timestamps_.restart(packet.view.timestamp(), packet.capture);
  epoch() = Epoch{.number = epoch_number_,
                  .track = packet.track->id(),
                  .layer = packet.layer,
                  .stream_generation = packet.track->layer(packet.layer).stream->generation,
                  .timestamp_offset = timestamps_.offset(),
                  .picture_id = {},
                  .tl0_picture_index = {},
                  .key_index = {},
                  .frame_number = {}};
  current_ = packet.layer;
}

std::optional<Renumbering> VideoForwarder::forward(Time now, const ReceivedPacket& packet,
                                                   bool& switched) {
  switched = false;
  if (current_ == packet.layer &&
      epoch().stream_generation != packet.track->layer(packet.layer).stream->generation) {
    current_.reset();  // the publisher started this layer afresh
    waiting_since_ = now;
  }
  if (current_ != packet.layer) {
    if (target_ != packet.layer || !may_switch(now, packet)) return std::nullopt;
    begin_epoch(packet);
    switched = true;
  }
  if (packet.empty && sequence_.consume(packet.sequence)) return std::nullopt;
  const auto sequence_number = sequence_.map(packet.sequence);
  if (!sequence_number) return std::nullopt;
  return renumber(packet, *sequence_number);
}

Renumbering VideoForwarder::renumber(const ReceivedPacket& packet, std::uint16_t sequence_number) {
  Renumbering out;
  out.sequence_number = sequence_number;
  out.timestamp = timestamps_.map(packet.view.timestamp());
  if (packet.empty) return out;
  Epoch& run = epoch();
  const FrameInfo& frame = packet.frame;
  if (auto number = frame_number_of(packet.extensions)) {
    out.frame_number = frame_numbers_.map(*number, kFrameNumberBits, run.frame_number);
  }
  if (frame.picture_id) {
    out.descriptor.picture_id =
        picture_ids_.map(*frame.picture_id, frame.picture_id_bits, run.picture_id);
  }
  if (frame.tl0_picture_index) {
    out.descriptor.tl0_picture_index = static_cast<std::uint8_t>(
        tl0_picture_indices_.map(*frame.tl0_picture_index, kTl0Bits, run.tl0_picture_index));
  }
  if (frame.key_index) {
    out.descriptor.key_index = static_cast<std::uint8_t>(
        key_indices_.map(*frame.key_index, kKeyIndexBits, run.key_index));
  }
  return out;
}

const VideoForwarder::Epoch* VideoForwarder::find_epoch(std::uint32_t number) const {
  const Epoch& candidate = epochs_[number % kEpochs];
  return number != 0 && candidate.number == number ? &candidate : nullptr;
}

std::optional<VideoForwarder::Source> VideoForwarder::source(const Track& track,
                                                             std::uint16_t out) const {
  const auto origin = sequence_.origin(out);
  if (!origin) return std::nullopt;
  const Epoch* run = find_epoch(origin->epoch);
  if (!run || run->track != track.id() || run->layer >= track.layer_count()) return std::nullopt;
  const Layer& layer = track.layer(run->layer);
  if (!layer.stream || layer.stream->generation != run->stream_generation) return std::nullopt;
  return Source{run->layer, static_cast<std::uint16_t>(origin->in), origin->epoch};
}

Renumbering VideoForwarder::again(const Source& source, std::uint32_t timestamp,
                                  const FrameInfo& frame,
                                  std::optional<std::uint16_t> frame_number) const {
  Renumbering out;
  const Epoch* run = find_epoch(source.epoch);
  if (!run) return out;
  out.timestamp = timestamp + run->timestamp_offset;
  if (frame_number) {
    out.frame_number = mapped_before(*frame_number, kFrameNumberBits, run->frame_number);
  }
  if (frame.picture_id) {
    out.descriptor.picture_id =
        mapped_before(*frame.picture_id, frame.picture_id_bits, run->picture_id);
  }
  if (frame.tl0_picture_index) {
    out.descriptor.tl0_picture_index = static_cast<std::uint8_t>(
        mapped_before(*frame.tl0_picture_index, kTl0Bits, run->tl0_picture_index));
  }
  if (frame.key_index) {
    out.descriptor.key_index =
        static_cast<std::uint8_t>(mapped_before(*frame.key_index, kKeyIndexBits, run->key_index));
  }
  return out;
}

}  // namespace sotto::bridge
