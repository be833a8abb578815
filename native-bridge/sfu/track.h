// A published track as the conference holds it: its layers and who shows it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rtp/codec.h"
#include "rtp/header_extension.h"
#include "sfu/layer.h"
#include "sfu/media_types.h"
#include "sfu/negotiated.h"

namespace sotto::bridge {

constexpr std::size_t kMaxLayers = 3;
constexpr std::size_t kMaxCodecs = 16;

struct TrackCodec {
  Codec codec;
  std::string profile;
  std::uint8_t payload_type;
  std::optional<std::uint8_t> rtx_payload_type;
};

// What is known and forwarded of a list of codecs, at most kMaxCodecs.
std::vector<TrackCodec> known_codecs(const std::vector<NegotiatedCodec>& codecs, MediaKind kind);
ExtensionMap known_extensions(const std::vector<NegotiatedExtension>& extensions);

// A seat that shows a track.
struct SeatRef {
  EndpointIndex endpoint{};
  std::uint32_t seat = 0;
  friend bool operator==(const SeatRef&, const SeatRef&) = default;
};

class Track {
 public:
  Track(EndpointIndex owner, const PublishedTrack& published);

  // A new SDP exchange for the same track: what streams carry on stays.
  void update(const PublishedTrack& published);

  EndpointIndex owner() const { return owner_; }
  TrackId id() const { return id_; }
  Source source() const { return source_; }
  MediaKind kind() const { return kind_of(source_); }
  const std::string& mid() const { return mid_; }
  const ExtensionMap& extensions() const { return extensions_; }
  const std::vector<TrackCodec>& codecs() const { return codecs_; }
  std::uint32_t clock_rate() const { return kind() == MediaKind::kAudio ? 48000 : 90000; }

  // The codec of a media payload type; kNoCodec for others.
  static constexpr std::uint8_t kNoCodec = 0xff;
  std::uint8_t codec_of(std::uint8_t payload_type) const { return by_payload_type_[payload_type]; }
  // The codec that an RTX payload type repairs; kNoCodec for others.
  std::uint8_t codec_of_rtx(std::uint8_t payload_type) const { return by_rtx_[payload_type]; }

  std::size_t layer_count() const { return layer_count_; }
  Layer& layer(std::size_t index) { return layers_[index]; }
  const Layer& layer(std::size_t index) const { return layers_[index]; }
  std::optional<std::size_t> layer_of_rid(std::string_view rid) const;
  // Gives the layer this SSRC; what belonged to another one before is forgotten.
  void set_ssrc(std::size_t layer, std::uint32_t ssrc);

  bool paused = false;
  std::vector<SeatRef> subscribers;

 private:
  void index_codecs();

  EndpointIndex owner_;
  TrackId id_;
  Source source_;
  std::string mid_;
  std::vector<TrackCodec> codecs_;
  ExtensionMap extensions_;
  std::array<std::uint8_t, 128> by_payload_type_{};
  std::array<std::uint8_t, 128> by_rtx_{};
  std::array<Layer, kMaxLayers> layers_;
  std::size_t layer_count_ = 1;
};

}  // namespace sotto::bridge
