#include "sfu/stream_table.h"

namespace sotto::bridge {
namespace {

// A track that knows this payload type, as media or as RTX.
bool carries(const Track& track, std::uint8_t payload_type) {
  return track.codec_of(payload_type) != Track::kNoCodec ||
         track.codec_of_rtx(payload_type) != Track::kNoCodec;
}

}  // namespace

void StreamTable::rebuild(Tracks tracks) {
  entries_.clear();
  for (const auto& track : tracks) {
    for (std::size_t i = 0; i < track->layer_count(); ++i) {
      const Layer& layer = track->layer(i);
      const auto index = static_cast<std::uint8_t>(i);
      if (layer.stream) entries_.push_back({layer.stream->ssrc, {track.get(), index, false}});
      // RTX may come first, as padding that probes for bandwidth.
      if (layer.rtx_ssrc) entries_.push_back({*layer.rtx_ssrc, {track.get(), index, true}});
    }
  }
}

std::optional<StreamRef> StreamTable::find(std::uint32_t ssrc) const {
  for (const Entry& entry : entries_) {
    if (entry.ssrc == ssrc) return entry.stream;
  }
  return std::nullopt;
}

Track* StreamTable::track_of(const RtpView& packet, Tracks tracks) {
  Track* found = nullptr;
  for (const auto& track : tracks) {
    const ExtensionValues values(packet, track->extensions());
    if (values.has(Extension::kMid)) {
      if (values.mid() == track->mid()) return track.get();
      continue;
    }
    if (!carries(*track, packet.payload_type())) continue;
    if (found) return nullptr;  // more than one m-line has this payload type
    found = track.get();
  }
  return found;
}

std::optional<StreamRef> StreamTable::learn_rtx(const RtpView& packet, Track& track,
                                                const ExtensionValues& values, Tracks tracks) {
  std::optional<std::size_t> layer;
  if (track.layer_count() == 1 && track.layer(0).rid.empty()) {
    layer = 0;
  } else {
    layer = track.layer_of_rid(values.repaired_rid());
  }
  if (!layer) return std::nullopt;
  track.layer(*layer).rtx_ssrc = packet.ssrc();
  rebuild(tracks);
  return StreamRef{&track, static_cast<std::uint8_t>(*layer), true};
}

std::optional<StreamRef> StreamTable::identify(Time now, const RtpView& packet,
                                               Tracks tracks) {
  Track* track = track_of(packet, tracks);
  if (!track || !carries(*track, packet.payload_type())) return std::nullopt;
  const ExtensionValues values(packet, track->extensions());
  if (track->codec_of(packet.payload_type()) == Track::kNoCodec) {
    return learn_rtx(packet, *track, values, tracks);
  }
  std::optional<std::size_t> layer = 0;
  if (!track->layer(0).rid.empty()) layer = track->layer_of_rid(values.rid());
  if (!layer) return std::nullopt;
  const Layer& old = track->layer(*layer);
  if (old.stream && old.active && now - old.last_packet < kAlive) return std::nullopt;
  track->set_ssrc(*layer, packet.ssrc());
  rebuild(tracks);
  return StreamRef{track, static_cast<std::uint8_t>(*layer), false};
}

}  // namespace sotto::bridge
