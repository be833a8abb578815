#include "sim/sdp_text.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>

#include "sdp/session_description.h"

namespace sotto::bridge::sim {
namespace {

std::string transport_lines(const IceParameters& ice, const Fingerprint& fingerprint,
                            std::string_view setup) {
  return "a=ice-ufrag:" + ice.ufrag + "\r\na=ice-pwd:" + ice.pwd + "\r\na=fingerprint:sha-256 " +
         fingerprint.text() + "\r\na=setup:" + std::string(setup) + "\r\na=rtcp-mux\r\n";
}

std::string codec_lines(const OfferedMedia& media) {
  const std::string ssrc = std::to_string(media.ssrc);
  if (kind_of(media.source) == MediaKind::kAudio) {
    return "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n"
           "a=rtpmap:109 opus/48000/2\r\na=fmtp:109 minptime=10;useinbandfec=1\r\na=ssrc:" +
           ssrc + " cname:virtual\r\n";
  }
  const std::string rtx = std::to_string(media.rtx_ssrc);
  return "a=rtpmap:120 VP8/90000\r\na=rtcp-fb:120 nack\r\na=rtcp-fb:120 nack pli\r\n"
         "a=rtcp-fb:120 ccm fir\r\na=rtpmap:124 rtx/90000\r\na=fmtp:124 apt=120\r\n"
         "a=ssrc-group:FID " +
         ssrc + " " + rtx + "\r\na=ssrc:" + ssrc + " cname:virtual\r\na=ssrc:" + rtx +
         " cname:virtual\r\n";
}

sdp::SessionDescription parsed(std::string_view text) {
  auto result = sdp::parse(text);
  if (const auto* error = std::get_if<sdp::SdpError>(&result)) {
    ADD_FAILURE() << "the bridge's SDP: " << error->what << "\n" << text;
    return {};
  }
  return std::get<sdp::SessionDescription>(std::move(result));
}

constexpr std::array<std::string_view, 11> kOfferersOwn{
    "ice-ufrag", "ice-pwd",           "fingerprint", "setup", "sendonly",   "candidate",
    "ssrc",      "end-of-candidates", "ssrc-group",  "msid",  "ice-options"};

std::string answer_line(const sdp::MediaDescription& media, const IceParameters& ice,
                        const Fingerprint& fingerprint) {
  std::string text = "m=" + media.kind + " 9 " + media.protocol;
  for (const std::string& format : media.formats) text += " " + format;
  text += "\r\nc=IN IP4 0.0.0.0\r\n" + transport_lines(ice, fingerprint, "active");
  text += "a=recvonly\r\n";
  for (const sdp::Attribute& attribute : media.attributes.list) {
    bool own = attribute.name == "rtcp-mux";
    for (std::string_view name : kOfferersOwn) own = own || attribute.name == name;
    if (own) continue;
    text += "a=" + attribute.name + (attribute.value.empty() ? "" : ":" + attribute.value) + "\r\n";
  }
  return text;
}

}  // namespace

std::string publish_offer(const IceParameters& ice, const Fingerprint& fingerprint,
                          const std::vector<OfferedMedia>& media) {
  std::string text = "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
  text += "a=group:BUNDLE";
  for (const OfferedMedia& line : media) text += " " + line.mid;
  text += "\r\na=extmap-allow-mixed\r\n";
  for (const OfferedMedia& line : media) {
    const bool audio = kind_of(line.source) == MediaKind::kAudio;
    text +=
        audio ? "m=audio 9 UDP/TLS/RTP/SAVPF 109\r\n" : "m=video 9 UDP/TLS/RTP/SAVPF 120 124\r\n";
    text += "c=IN IP4 0.0.0.0\r\na=mid:" + line.mid + "\r\n" +
            transport_lines(ice, fingerprint, "actpass");
    text += (line.sending ? "a=sendonly\r\n" : "a=inactive\r\n") + codec_lines(line);
  }
  return text;
}

std::string subscribe_answer(std::string_view offer, const IceParameters& ice,
                             const Fingerprint& fingerprint) {
  const sdp::SessionDescription description = parsed(offer);
  std::string text = "v=0\r\no=- 8811731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
  for (const sdp::Attribute& attribute : description.attributes.list) {
    if (attribute.name == "group") text += "a=group:" + attribute.value + "\r\n";
  }
  text += "a=extmap-allow-mixed\r\n";
  for (const auto& media : description.media) text += answer_line(media, ice, fingerprint);
  return text;
}

BridgeDescription read_bridge_sdp(std::string_view sdp) {
  const sdp::SessionDescription description = parsed(sdp);
  BridgeDescription bridge;
  bridge.media = description.media.size();
  for (const sdp::MediaDescription& media : description.media) {
    BridgeDescription::Stream stream;
    stream.kind = media.kind == "video" ? MediaKind::kVideo : MediaKind::kAudio;
    for (const auto& [name, value] : media.attributes.list) {
      if (name == "mid") stream.mid = value;
      if (name == "ice-ufrag") bridge.ice.ufrag = value;
      if (name == "ice-pwd") bridge.ice.pwd = value;
      if (name == "fingerprint") {
        bridge.fingerprint =
            Fingerprint::from_text(value.substr(value.find(' ') + 1)).value_or(Fingerprint{});
      }
      const auto number = [&](std::size_t at) {
        return static_cast<std::uint32_t>(std::strtoul(value.c_str() + at, nullptr, 10));
      };
      if (name == "ssrc" && stream.ssrc == 0) stream.ssrc = number(0);
      if (name == "ssrc-group" && value.starts_with("FID ")) {
        stream.ssrc = number(4);
        stream.rtx_ssrc = number(value.rfind(' '));
      }
    }
    if (stream.ssrc != 0) bridge.streams.push_back(stream);
  }
  return bridge;
}

}  // namespace sotto::bridge::sim
