#include "sdp/session_description.h"

#include <algorithm>

#include "sdp/tokens.h"

namespace sotto::bridge::sdp {

namespace {

constexpr std::size_t kQuoted = 60;
constexpr std::string_view kSessionTypes = "vosiuepcbtrzka";
constexpr std::string_view kMediaTypes = "micbka";

bool is_control(char c) {
  return (c >= 0 && c < 0x20) || c == 0x7f;
}

SdpError line_error(std::size_t number, std::string_view line, std::string_view why) {
  std::string quoted(line.substr(0, kQuoted));
  std::replace_if(
      quoted.begin(), quoted.end(), [](char c) { return is_control(c) || c < 0; }, '?');
  return {"line " + std::to_string(number) + " (" + quoted + "): " + std::string(why)};
}

// Reads lines one at a time; each returns why it is refused, or "".
class LineParser {
 public:
  std::string_view read(std::string_view line) {
    if (line.size() > kMaxLine) return "is too long";
    if (line.size() < 2 || line[1] != '=') return "is not of the form <type>=<value>";
    if (std::any_of(line.begin(), line.end(), is_control)) return "has a control character";
    const char type = line[0];
    const std::string_view value = line.substr(2);
    if (!started_) return start(type, value);
    if (type == 'm') return read_media(value);
    const bool in_media = !description_.media.empty();
    if ((in_media ? kMediaTypes : kSessionTypes).find(type) == std::string_view::npos) {
      return "has an unknown type or is out of place";
    }
    if (type == 'o') description_.origin = value;
    if (type == 'c' && in_media) description_.media.back().connection = value;
    if (type == 'a') return read_attribute(value);
    return {};
  }

  bool started() const { return started_; }
  SessionDescription take() { return std::move(description_); }

 private:
  std::string_view start(char type, std::string_view value) {
    if (type != 'v' || value != "0") return "must be v=0";
    started_ = true;
    return {};
  }

  std::string_view read_media(std::string_view value) {
    if (description_.media.size() == kMaxMedia) return "is one m-line too many";
    const auto parts = split(value, ' ');
    if (parts.size() < 4) return "must have a kind, port, protocol and format";
    if (parts.size() - 3 > kMaxFormats) return "has too many formats";
    if (!parse_number<std::uint16_t>(cut(parts[1], '/').first)) return "has no valid port";
    MediaDescription media;
    media.kind = parts[0];
    media.port = parts[1];
    media.protocol = parts[2];
    media.formats.assign(parts.begin() + 3, parts.end());
    description_.media.push_back(std::move(media));
    return {};
  }

  std::string_view read_attribute(std::string_view value) {
    Attributes& attributes =
        description_.media.empty() ? description_.attributes : description_.media.back().attributes;
    if (attributes.list.size() == kMaxAttributes) return "is one attribute too many";
    const Halves halves = cut(value, ':');
    if (halves.first.empty()) return "has no attribute name";
    attributes.add(std::string(halves.first), std::string(halves.rest));
    return {};
  }

  SessionDescription description_;
  bool started_ = false;
};

void write_attributes(std::string& out, const Attributes& attributes) {
  for (const Attribute& attribute : attributes.list) {
    out += "a=" + attribute.name;
    if (!attribute.value.empty()) out += ":" + attribute.value;
    out += "\r\n";
  }
}

}  // namespace

const std::string* Attributes::find(std::string_view name) const {
  for (const Attribute& attribute : list) {
    if (attribute.name == name) return &attribute.value;
  }
  return nullptr;
}

Parsed<SessionDescription> parse(std::string_view text) {
  if (text.size() > kMaxText) return SdpError{"the SDP is too large"};
  LineParser parser;
  for (std::size_t number = 1; !text.empty(); ++number) {
    Halves halves = cut(text, '\n');
    text = halves.rest;
    std::string_view line = halves.first;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;  // browsers' templates end with one
    const std::string_view why = parser.read(line);
    if (!why.empty()) return line_error(number, line, why);
  }
  if (!parser.started()) return SdpError{"the SDP is empty"};
  return parser.take();
}

std::string serialize(const SessionDescription& description) {
  std::string out = "v=0\r\no=" + description.origin + "\r\ns=-\r\nt=0 0\r\n";
  write_attributes(out, description.attributes);
  for (const MediaDescription& media : description.media) {
    out += "m=" + media.kind + " " + media.port + " " + media.protocol;
    for (const std::string& format : media.formats) out += " " + format;
    out += "\r\n";
    if (!media.connection.empty()) out += "c=" + media.connection + "\r\n";
    write_attributes(out, media.attributes);
  }
  return out;
}

}  // namespace sotto::bridge::sdp
