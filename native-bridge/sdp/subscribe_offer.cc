#include "sdp/subscribe_offer.h"

#include "sdp/extension_attributes.h"
#include "sdp/format_attributes.h"
#include "sdp/session_description.h"

namespace sotto::bridge::sdp {

namespace {

constexpr std::string_view kOpusSent = "minptime=10;useinbandfec=1";

std::string_view parameters(Codec codec) {
  switch (codec) {
    case Codec::kOpus:
      return kOpusSent;
    case Codec::kVp9:
      return "profile-id=0";
    case Codec::kH264:
      return "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f";
    case Codec::kAv1:
      return "level-idx=5;profile=0;tier=0";
    case Codec::kVp8:
      break;
  }
  return {};
}

MediaFormat offered_format(const SubscribePayloadType& type) {
  MediaFormat format;
  format.codec = type.codec;
  format.payload_type = type.payload_type;
  if (type.rtx_payload_type != 0) format.rtx_payload_type = type.rtx_payload_type;
  const bool video = kind(type.codec) == MediaKind::kVideo;
  // Bandwidth is estimated by the receiver, for the whole transport: no transport-cc, so that it
  // need not be renumbered for each receiver.
  format.nack = format.pli = format.fir = format.remb = video;
  return format;
}

void add_ssrc(Attributes& attributes, std::uint32_t ssrc, const std::string& cname,
              const std::string& msid) {
  const std::string id = std::to_string(ssrc);
  attributes.add("ssrc", id + " cname:" + cname);
  attributes.add("ssrc", id + " msid:" + msid);
}

MediaDescription offer_media(MediaKind media_kind, std::size_t seat, const SeatStreams& streams,
                             const LocalTransport& local) {
  const bool video = media_kind == MediaKind::kVideo;
  MediaDescription media;
  media.kind = name(media_kind);
  media.port = "9";
  media.protocol = "UDP/TLS/RTP/SAVPF";
  media.connection = "IN IP4 0.0.0.0";
  Attributes& attributes = media.attributes;
  const std::string mid = video ? video_mid(seat) : audio_mid(seat);
  attributes.add("mid", mid);
  add_transport(attributes, local, "actpass");
  attributes.add("rtcp-mux");
  attributes.add("rtcp-rsize");
  attributes.add("sendonly");
  add_extensions(attributes, subscribe_extensions(media_kind));
  // One MediaStream a seat: its audio and video are played in step.
  const std::string msid = "seat" + std::to_string(seat) + " " + mid;
  attributes.add("msid", msid);
  for (const SubscribePayloadType& type : kSubscribePayloadTypes) {
    if (kind(type.codec) == media_kind)
      add_format(media, offered_format(type), parameters(type.codec));
  }
  if (!video) {
    add_ssrc(attributes, streams.audio_ssrc, streams.cname, msid);
    return media;
  }
  attributes.add("ssrc-group", "FID " + std::to_string(streams.video_ssrc) + " " +
                                   std::to_string(streams.video_rtx_ssrc));
  add_ssrc(attributes, streams.video_ssrc, streams.cname, msid);
  add_ssrc(attributes, streams.video_rtx_ssrc, streams.cname, msid);
  return media;
}

}  // namespace

ExtensionMap subscribe_extensions(MediaKind media_kind) {
  ExtensionMap extensions;
  extensions.set(Extension::kAbsSendTime, 2);
  extensions.set(Extension::kMid, 4);
  if (media_kind == MediaKind::kAudio) {
    extensions.set(Extension::kAudioLevel, 1);
  } else {
    extensions.set(Extension::kDependencyDescriptor, 12);
    extensions.set(Extension::kVideoOrientation, 13);
  }
  return extensions;
}

std::string audio_mid(std::size_t seat) {
  return "a" + std::to_string(seat);
}
std::string video_mid(std::size_t seat) {
  return "v" + std::to_string(seat);
}

std::string write_subscribe_offer(const LocalTransport& local, std::span<const SeatStreams> seats) {
  SessionDescription offer;
  offer.origin = origin(local);
  std::string group = "BUNDLE";
  for (std::size_t seat = 0; seat < seats.size(); ++seat) {
    group += " " + audio_mid(seat) + " " + video_mid(seat);
    offer.media.push_back(offer_media(MediaKind::kAudio, seat, seats[seat], local));
    offer.media.push_back(offer_media(MediaKind::kVideo, seat, seats[seat], local));
  }
  offer.attributes.add("group", group);
  offer.attributes.add("ice-lite");
  offer.attributes.add("extmap-allow-mixed");
  offer.attributes.add("msid-semantic", " WMS *");
  if (!offer.media.empty()) add_candidates(offer.media.front().attributes, local);
  return serialize(offer);
}

}  // namespace sotto::bridge::sdp
