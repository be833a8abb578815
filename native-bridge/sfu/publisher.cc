#include "sfu/publisher.h"

#include <algorithm>

#include "rtp/rtx.h"

namespace sotto::bridge {

Track* Publisher::find(TrackId id) const {
  for (const auto& track : tracks_) {
    if (track->id() == id) return track.get();
  }
  return nullptr;
}

Track* Publisher::find(Source source) const {
  for (const auto& track : tracks_) {
    if (track->source() == source) return track.get();
  }
  return nullptr;
}

Track& Publisher::put(const PublishedTrack& published) {
  Track* track = find(published.id);
  if (track) {
    track->update(published);
  } else {
    track = tracks_.emplace_back(std::make_unique<Track>(owner_, published)).get();
  }
  streams_.rebuild(tracks_);
  return *track;
}

void Publisher::erase(TrackId id) {
  std::erase_if(tracks_, [id](const auto& track) { return track->id() == id; });
  streams_.rebuild(tracks_);
}

std::optional<ReceivedPacket> Publisher::receive(Time now, MutableBytes packet,
                                                 ConferenceStats& stats) {
  ++stats.rtp_received;
  auto parsed = RtpView::parse(packet);
  if (!parsed) {
    ++stats.rtp_malformed;
    return std::nullopt;
  }
  auto stream = streams_.find(parsed->ssrc());
  if (!stream) stream = streams_.identify(now, *parsed, tracks_);
  if (!stream) {
    ++stats.rtp_unidentified;
    return std::nullopt;
  }
  Track& track = *stream->track;
  Unpacked media{*parsed, ExtensionValues(*parsed, track.extensions()),
                 track.codec_of(parsed->payload_type())};
  if (auto number = media.extensions.transport_sequence_number()) {
    if (!transport_feedback_) transport_feedback_ = std::make_unique<TransportFeedbackSender>();
    transport_feedback_->on_packet(now, *number, parsed->ssrc());
  }
  if (!report_at_) report_at_ = now + kReportInterval;
  if (stream->rtx) {
    if (is_rtx_padding(*parsed)) return std::nullopt;
    auto restored = restore(*parsed, *stream);
    if (!restored) {
      ++stats.rtp_malformed;
      return std::nullopt;
    }
    media = *restored;
  }
  if (media.codec_index == Track::kNoCodec) {
    ++stats.rtp_unidentified;
    return std::nullopt;
  }
  std::int64_t sequence = 0;
  if (!accept(now, *stream, media.view, sequence)) {
    ++stats.rtp_repeated;
    return std::nullopt;
  }
  Layer& layer = track.layer(stream->layer);
  ReceivedPacket received{.track = &track,
                          .layer = stream->layer,
                          .codec_index = media.codec_index,
                          .codec = track.codecs()[media.codec_index].codec,
                          .view = media.view,
                          .extensions = media.extensions,
                          .frame = {},
                          .empty = media.view.payload().empty(),
                          .sequence = sequence,
                          .capture = capture_time(now, track, *layer.stream,
                                                  media.view.timestamp()),
                          .opens_frame = sequence == layer.stream->before_frame + 1,
                          .layers_changed = !layer.active};
  layer.active = true;
  if (track.kind() == MediaKind::kVideo && !received.empty) {
    inspect(received);
    if (!received.empty) {
      layer.stream->cache.insert(now, media.view.sequence_number(), media.view.bytes());
    }
  }
  return received;
}

std::optional<Publisher::Unpacked> Publisher::restore(const RtpView& rtx, const StreamRef& stream) {
  Track& track = *stream.track;
  const std::uint8_t codec = track.codec_of_rtx(rtx.payload_type());
  const Layer& layer = track.layer(stream.layer);
  if (codec == Track::kNoCodec || !layer.stream) return std::nullopt;
  restored_.resize(std::max(restored_.size(), rtx.bytes().size()));
  auto size = restore_from_rtx(rtx, layer.stream->ssrc, track.codecs()[codec].payload_type,
                               restored_);
  if (!size) return std::nullopt;
  auto view = RtpView::parse(ByteView(restored_).first(*size));
  if (!view) return std::nullopt;
  return Unpacked{*view, ExtensionValues(*view, track.extensions()), codec};
}

bool Publisher::accept(Time now, const StreamRef& ref, const RtpView& view,
                       std::int64_t& sequence) {
  Layer& layer = ref.track->layer(ref.layer);
  LayerStream& stream = *layer.stream;
  const std::uint16_t number = view.sequence_number();
  if (ref.rtx) {
    // What was resent is near what came; anything else would only confuse the numbering.
    const auto newest = stream.sequence.newest();
    if (!newest || stream.sequence.peek(number) > *newest + SequenceWindow::kSize) return false;
  } else {
    stream.statistics.on_packet(now, number, view.timestamp());
  }
  const auto newest_before = stream.sequence.newest();
  sequence = stream.sequence.unwrap(number);
  if (!stream.window.accept(sequence)) return false;
  follow_frames(stream, view.timestamp(), sequence, newest_before);
  if (ref.track->kind() == MediaKind::kVideo) stream.nack.on_packet(now, number);
  layer.bitrate.add(now, view.bytes().size());
  layer.last_packet = now;
  return true;
}

void Publisher::follow_frames(LayerStream& stream, std::uint32_t timestamp, std::int64_t sequence,
                              std::optional<std::int64_t> newest_before) {
  if (!stream.frame_timestamp ||
      static_cast<std::int32_t>(timestamp - *stream.frame_timestamp) > 0) {
    stream.frame_timestamp = timestamp;
    stream.before_frame = newest_before.value_or(sequence - 1);
  } else if (timestamp != *stream.frame_timestamp) {
    stream.before_frame = std::max(stream.before_frame, sequence);
  }
}

void Publisher::inspect(ReceivedPacket& packet) {
  Layer& layer = packet.track->layer(packet.layer);
  std::optional<DependencyDescriptor> descriptor;
  if (const ByteView element = packet.extensions[Extension::kDependencyDescriptor];
      !element.empty()) {
    if (!layer.descriptors) layer.descriptors = std::make_unique<DependencyDescriptorParser>();
    auto parsed = layer.descriptors->parse(element, packet.sequence);
    if (parsed) descriptor = *parsed;
    const DependencyStructure* structure = layer.descriptors->structure();
    if (structure && layer.descriptors->generation() != layer.descriptor_generation) {
      layer.descriptor_generation = layer.descriptors->generation();
      const auto& heights = structure->height;
      layer.height = *std::max_element(heights.begin(), heights.end());
      packet.layers_changed = true;
    }
  }
  auto frame = inspect_frame(packet.codec, packet.view.marker(), packet.view.payload(),
                             descriptor ? &*descriptor : nullptr);
  if (!frame) {
    packet.empty = true;
    return;
  }
  packet.frame = *frame;
  if (!frame->key_frame) return;
  layer.seen_key_frame = true;
  // What is missing of earlier frames is not needed any more; what is missing of this one is
  // (H.264's parameter sets come in packets before the picture).
  layer.stream->nack.forget_up_to(static_cast<std::uint16_t>(layer.stream->before_frame));
}

Time Publisher::capture_time(Time now, const Track& track, const LayerStream& stream,
                             std::uint32_t timestamp) const {
  if (!stream.anchor) return now;
  const auto ticks = static_cast<std::int32_t>(timestamp - stream.anchor->rtp_timestamp);
  const Time capture =
      stream.anchor->at + Duration(std::int64_t{ticks} * 1'000'000 / track.clock_rate());
  // A report that says nonsense must not throw a receiver's timeline far off.
  if (capture > now + kMaxSkew || capture < now - kMaxSkew) return now;
  return capture;
}

}  // namespace sotto::bridge
