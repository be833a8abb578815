#include "sdp/publish_answer.h"

#include <algorithm>

#include "sdp/bundle.h"
#include "sdp/direction.h"
#include "sdp/extension_attributes.h"
#include "sdp/format_attributes.h"

namespace sotto::bridge::sdp {

namespace {

constexpr std::string_view kProtocol = "UDP/TLS/RTP/SAVPF";
constexpr std::string_view kTcpProtocol = "TCP/TLS/RTP/SAVPF";

PublishMedia read_media(const SessionDescription& offer, const MediaDescription& offered) {
  PublishMedia media;
  media.mid = mid_of(offered);
  media.kind = offered.kind == name(MediaKind::kVideo) ? MediaKind::kVideo : MediaKind::kAudio;
  const bool known_protocol = offered.protocol == kProtocol || offered.protocol == kTcpProtocol;
  if (known_protocol && !is_rejected(offered)) media.formats = read_formats(offered);
  // The publisher's own controller estimates, from transport-cc.
  for (MediaFormat& format : media.formats) format.remb = false;
  media.rejected = media.formats.empty();
  if (media.rejected) return media;
  media.active = read_direction(offer, offered).send;
  media.extensions = read_extensions(offered, ExtensionSender::kWriter);
  media.ssrcs = read_ssrcs(offered);
  if (media.kind == MediaKind::kVideo) media.rids = read_send_rids(offered, kMaxRids);
  return media;
}

MediaDescription reject(const MediaDescription& offered) {
  MediaDescription answer;
  answer.kind = offered.kind;
  answer.port = "0";
  answer.protocol = offered.protocol;
  answer.formats = offered.formats;
  answer.connection = "IN IP4 0.0.0.0";
  const std::string_view mid = mid_of(offered);
  if (!mid.empty()) answer.attributes.add("mid", std::string(mid));
  answer.attributes.add("inactive");
  return answer;
}

void add_simulcast(Attributes& attributes, const std::vector<std::string>& rids, bool simulcast) {
  if (rids.empty()) return;
  std::string list;
  for (const std::string& rid : rids) {
    attributes.add("rid", rid + " recv");
    list += (list.empty() ? "" : ";") + rid;
  }
  if (simulcast) attributes.add("simulcast", "recv " + list);
}

MediaDescription answer_media(const MediaDescription& offered, const PublishMedia& media,
                              const LocalTransport& local, bool tagged) {
  MediaDescription answer;
  answer.kind = offered.kind;
  answer.port = "9";
  answer.protocol = offered.protocol;
  answer.connection = "IN IP4 0.0.0.0";
  Attributes& attributes = answer.attributes;
  attributes.add("mid", media.mid);
  add_transport(attributes, local, "passive");
  attributes.add("rtcp-mux");
  if (offered.attributes.has("rtcp-rsize")) attributes.add("rtcp-rsize");
  attributes.add(media.active ? "recvonly" : "inactive");
  add_extensions(attributes, media.extensions);
  for (const MediaFormat& format : media.formats) {
    add_format(answer, format, format.codec == Codec::kOpus ? kOpusReceived : format.parameters);
  }
  add_simulcast(attributes, media.rids, offered.attributes.has("simulcast"));
  if (tagged) add_candidates(attributes, local);
  return answer;
}

// RFC 8285 section 6: at the session or at every m-line.
bool allows_mixed_extensions(const SessionDescription& offer) {
  return offer.attributes.has("extmap-allow-mixed") ||
         std::any_of(offer.media.begin(), offer.media.end(), [](const MediaDescription& media) {
           return media.attributes.has("extmap-allow-mixed");
         });
}

SessionDescription answer_session(const SessionDescription& offer, const LocalTransport& local,
                                  const std::vector<PublishMedia>& media,
                                  const MediaDescription* tagged) {
  SessionDescription answer;
  answer.origin = origin(local);
  std::string group = "BUNDLE";
  // The tagged m-line comes first (RFC 8843 section 7.3.1).
  group += " " + std::string(mid_of(*tagged));
  for (std::size_t i = 0; i < media.size(); ++i) {
    if (!media[i].rejected && &offer.media[i] != tagged) group += " " + media[i].mid;
  }
  answer.attributes.add("group", group);
  answer.attributes.add("ice-lite");
  if (allows_mixed_extensions(offer)) answer.attributes.add("extmap-allow-mixed");
  answer.attributes.add("msid-semantic", " WMS *");
  for (std::size_t i = 0; i < media.size(); ++i) {
    const MediaDescription& offered = offer.media[i];
    answer.media.push_back(media[i].rejected
                               ? reject(offered)
                               : answer_media(offered, media[i], local, &offered == tagged));
  }
  return answer;
}

}  // namespace

Parsed<PublishAnswer> answer_publish(const SessionDescription& offer, const LocalTransport& local) {
  if (offer.media.size() > kMaxPublishMedia) return SdpError{"too many m-lines"};
  PublishAnswer answer;
  std::vector<const MediaDescription*> used;
  for (const MediaDescription& offered : offer.media) {
    answer.media.push_back(read_media(offer, offered));
    if (!answer.media.back().rejected) used.push_back(&offered);
  }
  if (used.empty()) return SdpError{"no m-line has a codec that the bridge forwards"};
  if (auto error = check_bundle(offer, used)) return *std::move(error);
  const MediaDescription* tagged = tagged_media(offer, used);
  Parsed<RemoteTransport> remote = read_transport(offer, *tagged);
  if (auto* error = std::get_if<SdpError>(&remote)) return std::move(*error);
  answer.remote = std::get<RemoteTransport>(std::move(remote));
  if (answer.remote.setup == Setup::kPassive) {
    return SdpError{"a=setup must be actpass or active: the bridge is the DTLS server"};
  }
  answer.sdp = serialize(answer_session(offer, local, answer.media, tagged));
  return answer;
}

}  // namespace sotto::bridge::sdp
