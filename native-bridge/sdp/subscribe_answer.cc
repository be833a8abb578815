#include "sdp/subscribe_answer.h"

#include "sdp/bundle.h"
#include "sdp/direction.h"
#include "sdp/extension_attributes.h"
#include "sdp/subscribe_offer.h"

namespace sotto::bridge::sdp {

namespace {

// Answered ids must be the offered ones (RFC 8285 section 6); what differs is not sent.
ExtensionMap accepted_extensions(const MediaDescription& answered, MediaKind media_kind) {
  const ExtensionMap answer = read_extensions(answered, ExtensionSender::kReader);
  const ExtensionMap offer = subscribe_extensions(media_kind);
  ExtensionMap accepted;
  for (std::size_t i = 0; i < kExtensionCount; ++i) {
    const auto extension = static_cast<Extension>(i);
    if (offer.has(extension) && offer.id(extension) == answer.id(extension)) {
      accepted.set(extension, offer.id(extension));
    }
  }
  return accepted;
}

SubscribeMedia read_media(const SessionDescription& answer, const MediaDescription& answered,
                          std::string mid, MediaKind media_kind) {
  SubscribeMedia media;
  media.mid = std::move(mid);
  if (is_rejected(answered) || !read_direction(answer, answered).receive) return media;
  media.formats = read_formats(answered);
  media.active = !media.formats.empty();
  media.extensions = accepted_extensions(answered, media_kind);
  return media;
}

}  // namespace

const MediaFormat* SubscribeMedia::format(Codec codec) const {
  for (const MediaFormat& format : formats) {
    if (format.codec == codec) return &format;
  }
  return nullptr;
}

Parsed<SubscribeAnswer> read_subscribe_answer(const SessionDescription& answer, std::size_t seats) {
  if (answer.media.size() != 2 * seats) {
    return SdpError{"the answer must have as many m-lines as the offer: " +
                    std::to_string(2 * seats)};
  }
  SubscribeAnswer result;
  std::vector<const MediaDescription*> used;
  for (std::size_t i = 0; i < answer.media.size(); ++i) {
    const MediaDescription& answered = answer.media[i];
    const MediaKind media_kind = i % 2 == 0 ? MediaKind::kAudio : MediaKind::kVideo;
    std::string mid = i % 2 == 0 ? audio_mid(i / 2) : video_mid(i / 2);
    const bool rejected = is_rejected(answered);
    if (answered.kind != name(media_kind) || (!rejected && mid_of(answered) != mid)) {
      return SdpError{"m-line " + std::to_string(i) + " of the answer must be " +
                      std::string(name(media_kind)) + " with a=mid:" + mid};
    }
    if (!rejected) used.push_back(&answered);
    result.media.push_back(read_media(answer, answered, std::move(mid), media_kind));
  }
  if (used.empty()) return SdpError{"the answer rejects every m-line"};
  if (auto error = check_bundle(answer, used)) return *std::move(error);
  Parsed<RemoteTransport> remote = read_transport(answer, *tagged_media(answer, used));
  if (auto* error = std::get_if<SdpError>(&remote)) return std::move(*error);
  result.remote = std::get<RemoteTransport>(std::move(remote));
  if (result.remote.setup != Setup::kActive) {
    return SdpError{"a=setup must be active in the answer: the bridge is the DTLS server"};
  }
  return result;
}

}  // namespace sotto::bridge::sdp
