#include "sdp/media_format.h"

#include <algorithm>
#include <array>
#include <bitset>

#include "sdp/tokens.h"

namespace sotto::bridge::sdp {

namespace {

constexpr std::size_t kMaxPayloadType = 127;
constexpr std::string_view kBaselineProfile = "42";

std::optional<std::uint8_t> payload_type(std::string_view text) {
  const auto value = parse_number<std::uint8_t>(text);
  if (!value || *value > kMaxPayloadType) return std::nullopt;
  return value;
}

bool parameter_is(std::string_view parameters, std::string_view name, std::string_view value,
                  std::string_view by_default) {
  return format_parameter(parameters, name).value_or(by_default) == value;
}

// The codec that a=rtpmap and a=fmtp describe, if it can be forwarded.
std::optional<Codec> codec_of(std::string_view encoding, std::string_view parameters) {
  if (equal_ignoring_case(encoding, "opus/48000/2")) return Codec::kOpus;
  if (equal_ignoring_case(encoding, "VP8/90000")) return Codec::kVp8;
  if (equal_ignoring_case(encoding, "VP9/90000")) {
    if (parameter_is(parameters, "profile-id", "0", "0")) return Codec::kVp9;
  }
  if (equal_ignoring_case(encoding, "AV1/90000")) {
    if (parameter_is(parameters, "profile", "0", "0")) return Codec::kAv1;
  }
  if (equal_ignoring_case(encoding, "H264/90000")) {
    // RFC 6184 section 8.1: without profile-level-id it is baseline.
    const auto profile = format_parameter(parameters, "profile-level-id").value_or("420010");
    if (profile.starts_with(kBaselineProfile) &&
        parameter_is(parameters, "packetization-mode", "1", "0")) {
      return Codec::kH264;
    }
  }
  return std::nullopt;
}

struct Feedback {
  bool nack = false;
  bool pli = false;
  bool fir = false;
  bool transport_cc = false;
  bool remb = false;

  void add(std::string_view value) {
    const auto words = split(value, ' ');
    if (words.empty()) return;
    const std::string_view kind = words[0];
    const std::string_view detail = words.size() > 1 ? words[1] : std::string_view{};
    nack = nack || (kind == "nack" && detail.empty());
    pli = pli || (kind == "nack" && detail == "pli");
    fir = fir || (kind == "ccm" && detail == "fir");
    transport_cc = transport_cc || kind == "transport-cc";
    remb = remb || kind == "goog-remb";
  }
};

// All of an m-line's format attributes by payload type, read in one pass.
class FormatTable {
 public:
  explicit FormatTable(const MediaDescription& media) {
    for (const Attribute& attribute : media.attributes.list) read(attribute);
    for (std::size_t type = 0; type < rows_.size(); ++type) note_rtx(type);
  }

  struct Row {
    std::string_view encoding;
    std::string_view parameters;
    Feedback feedback;
    std::optional<std::uint8_t> rtx;
  };
  const Row& operator[](std::uint8_t type) const { return rows_[type]; }
  const Feedback& feedback_for_all() const { return for_all_; }

 private:
  void read(const Attribute& attribute) {
    const Halves halves = cut(attribute.value, ' ');
    const bool feedback = attribute.name == "rtcp-fb";
    if (feedback && halves.first == "*") for_all_.add(halves.rest);
    const auto type = payload_type(halves.first);
    if (!type) return;
    Row& row = rows_[*type];
    if (feedback) row.feedback.add(halves.rest);
    if (attribute.name == "rtpmap" && row.encoding.empty()) row.encoding = halves.rest;
    if (attribute.name == "fmtp" && row.parameters.empty()) row.parameters = halves.rest;
  }

  void note_rtx(std::size_t type) {
    if (!equal_ignoring_case(rows_[type].encoding, "rtx/90000")) return;
    const auto associated = format_parameter(rows_[type].parameters, "apt");
    const auto media_type = associated ? payload_type(*associated) : std::nullopt;
    if (media_type) rows_[*media_type].rtx = static_cast<std::uint8_t>(type);
  }

  std::array<Row, kMaxPayloadType + 1> rows_;
  Feedback for_all_;
};

MediaFormat make_format(Codec codec, std::uint8_t type, const FormatTable& table) {
  const FormatTable::Row& row = table[type];
  const Feedback& all = table.feedback_for_all();
  MediaFormat format;
  format.codec = codec;
  format.payload_type = type;
  format.parameters = row.parameters;
  if (kind(codec) == MediaKind::kVideo) format.rtx_payload_type = row.rtx;
  format.nack = row.feedback.nack || all.nack;
  format.pli = row.feedback.pli || all.pli;
  format.fir = row.feedback.fir || all.fir;
  format.transport_cc = row.feedback.transport_cc || all.transport_cc;
  format.remb = row.feedback.remb || all.remb;
  return format;
}

}  // namespace

std::optional<std::string_view> format_parameter(std::string_view parameters,
                                                 std::string_view name) {
  for (std::string_view parameter : split(parameters, ';')) {
    parameter.remove_prefix(std::min(parameter.find_first_not_of(' '), parameter.size()));
    const Halves halves = cut(parameter, '=');
    if (equal_ignoring_case(halves.first, name)) return halves.rest;
  }
  return std::nullopt;
}

std::vector<MediaFormat> read_formats(const MediaDescription& media) {
  const FormatTable table(media);
  std::bitset<kMaxPayloadType + 1> listed;
  std::vector<MediaFormat> formats;
  for (const std::string& text : media.formats) {
    const auto type = payload_type(text);
    if (!type || listed[*type]) continue;
    listed.set(*type);
    const auto codec = codec_of(table[*type].encoding, table[*type].parameters);
    if (codec && name(kind(*codec)) == media.kind) {
      formats.push_back(make_format(*codec, *type, table));
    }
  }
  // An RTX type counts only where the m-line lists it.
  for (MediaFormat& format : formats) {
    if (format.rtx_payload_type && !listed[*format.rtx_payload_type]) {
      format.rtx_payload_type.reset();
    }
  }
  return formats;
}

}  // namespace sotto::bridge::sdp
