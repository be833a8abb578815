#include "bridge/negotiated_media.h"

#include <algorithm>

namespace sotto::bridge {
namespace {

std::string upper_case(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return upper;
}

AcceptedKind accepted(const sdp::SubscribeAnswer& answer, std::size_t first) {
  for (std::size_t i = first; i < answer.media.size(); i += 2) {
    const sdp::SubscribeMedia& media = answer.media[i];
    if (!media.active) continue;
    return {negotiated_codecs(media.formats), negotiated_extensions(media.extensions)};
  }
  return {};
}

}  // namespace

std::vector<NegotiatedCodec> negotiated_codecs(const std::vector<sdp::MediaFormat>& formats) {
  std::vector<NegotiatedCodec> codecs;
  codecs.reserve(formats.size());
  for (const sdp::MediaFormat& format : formats) {
    // No profile: read_formats() lets one profile of each codec through.
    codecs.push_back(
        {upper_case(name(format.codec)), "", format.payload_type, format.rtx_payload_type});
  }
  return codecs;
}

std::vector<NegotiatedExtension> negotiated_extensions(const ExtensionMap& extensions) {
  std::vector<NegotiatedExtension> negotiated;
  for (std::size_t i = 0; i < kExtensionCount; ++i) {
    const auto extension = static_cast<Extension>(i);
    if (!extensions.has(extension)) continue;
    negotiated.push_back({extensions.id(extension), std::string(uri(extension))});
  }
  return negotiated;
}

PublishedTrack published_track(const sdp::PublishMedia& media) {
  PublishedTrack track;
  track.mid = media.mid;
  track.codecs = negotiated_codecs(media.formats);
  track.extensions = negotiated_extensions(media.extensions);
  track.rids = media.rids;
  for (const sdp::StreamSsrc& ssrc : media.ssrcs) track.ssrcs.push_back({ssrc.media, ssrc.rtx});
  return track;
}

SubscribeParameters subscribe_parameters(const sdp::SubscribeAnswer& answer) {
  return {accepted(answer, 0), accepted(answer, 1)};
}

}  // namespace sotto::bridge
