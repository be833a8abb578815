#include "sdp/format_attributes.h"

namespace sotto::bridge::sdp {

namespace {

std::string encoding(Codec codec) {
  std::string text = std::string(name(codec)) + "/" + std::to_string(clock_rate(codec));
  if (codec == Codec::kOpus) text += "/2";
  return text;
}

void add_feedback(Attributes& attributes, const std::string& type, const MediaFormat& format) {
  if (format.nack) attributes.add("rtcp-fb", type + " nack");
  if (format.pli) attributes.add("rtcp-fb", type + " nack pli");
  if (format.fir) attributes.add("rtcp-fb", type + " ccm fir");
  if (format.transport_cc) attributes.add("rtcp-fb", type + " transport-cc");
  if (format.remb) attributes.add("rtcp-fb", type + " goog-remb");
}

}  // namespace

void add_format(MediaDescription& media, const MediaFormat& format, std::string_view parameters) {
  const std::string type = std::to_string(format.payload_type);
  Attributes& attributes = media.attributes;
  media.formats.push_back(type);
  attributes.add("rtpmap", type + " " + encoding(format.codec));
  if (!parameters.empty()) attributes.add("fmtp", type + " " + std::string(parameters));
  add_feedback(attributes, type, format);
  if (!format.rtx_payload_type) return;
  const std::string rtx = std::to_string(*format.rtx_payload_type);
  media.formats.push_back(rtx);
  attributes.add("rtpmap", rtx + " rtx/90000");
  attributes.add("fmtp", rtx + " apt=" + type);
}

std::string origin(const LocalTransport& local) {
  return "- " + std::to_string(local.session_id) + " " + std::to_string(local.session_version) +
         " IN IP4 127.0.0.1";
}

}  // namespace sotto::bridge::sdp
