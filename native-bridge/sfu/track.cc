#include "sfu/track.h"

#include <algorithm>
#include <cctype>

namespace sotto::bridge {
namespace {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

std::optional<Codec> codec_from(std::string_view text) {
  for (Codec codec : {Codec::kOpus, Codec::kVp8, Codec::kVp9, Codec::kH264, Codec::kAv1}) {
    if (equal_ignoring_case(text, name(codec))) return codec;
  }
  return std::nullopt;
}

}  // namespace

std::vector<TrackCodec> known_codecs(const std::vector<NegotiatedCodec>& codecs, MediaKind wanted) {
  std::vector<TrackCodec> known;
  for (const NegotiatedCodec& codec : codecs) {
    const auto found = codec_from(codec.name);
    if (!found || kind(*found) != wanted || codec.payload_type > 127) continue;
    if (known.size() == kMaxCodecs) break;
    auto rtx = codec.rtx_payload_type;
    if (rtx && *rtx > 127) rtx.reset();
    known.push_back({*found, codec.profile, codec.payload_type, rtx});
  }
  return known;
}

ExtensionMap known_extensions(const std::vector<NegotiatedExtension>& extensions) {
  ExtensionMap map;
  for (const NegotiatedExtension& extension : extensions) {
    // One that is taken already stays: the first of two wins.
    if (auto found = extension_from_uri(extension.uri)) map.set(*found, extension.id);
  }
  return map;
}

Track::Track(EndpointIndex owner, const PublishedTrack& published)
    : owner_(owner), id_(published.id), source_(published.source) {
  update(published);
}

void Track::update(const PublishedTrack& published) {
  mid_ = published.mid;
  paused = published.paused;
  codecs_ = known_codecs(published.codecs, kind());
  extensions_ = known_extensions(published.extensions);
  index_codecs();
  layer_count_ = std::clamp<std::size_t>(published.rids.size(), 1, kMaxLayers);
  for (std::size_t i = 0; i < kMaxLayers; ++i) {
    const std::string rid = i < published.rids.size() ? published.rids[i] : "";
    if (i >= layer_count_ || layers_[i].rid != rid) layers_[i] = Layer{};
    layers_[i].rid = rid;
  }
  if (!published.rids.empty() || published.ssrcs.empty()) return;
  set_ssrc(0, published.ssrcs[0].media);
  layers_[0].rtx_ssrc = published.ssrcs[0].rtx;
}

void Track::index_codecs() {
  by_payload_type_.fill(kNoCodec);
  by_rtx_.fill(kNoCodec);
  for (std::size_t i = codecs_.size(); i-- > 0;) {  // the first of two wins
    by_payload_type_[codecs_[i].payload_type] = static_cast<std::uint8_t>(i);
    if (auto rtx = codecs_[i].rtx_payload_type) by_rtx_[*rtx] = static_cast<std::uint8_t>(i);
  }
}

std::optional<std::size_t> Track::layer_of_rid(std::string_view rid) const {
  for (std::size_t i = 0; i < layer_count_; ++i) {
    if (layers_[i].rid == rid) return i;
  }
  return std::nullopt;
}

void Track::set_ssrc(std::size_t index, std::uint32_t ssrc) {
  Layer& layer = layers_[index];
  if (layer.stream && layer.stream->ssrc == ssrc) return;
  const std::uint32_t generation = layer.stream ? layer.stream->generation + 1 : 1;
  RetransmissionCache::Config kept;
  if (kind() == MediaKind::kAudio) kept.packets = 2;  // audio is not resent
  layer.stream = std::make_unique<LayerStream>(ssrc, clock_rate(), kept);
  layer.stream->generation = generation;
  if (generation > 1) layer.rtx_ssrc.reset();
  layer.descriptors.reset();
  layer.descriptor_generation = 0;
  layer.bitrate.reset();
}

}  // namespace sotto::bridge
