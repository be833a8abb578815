// SDP (RFC 8866) as lines and attributes, without their meaning.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sotto::bridge::sdp {

// Why an SDP cannot be used; names the line or attribute, for the client's author to read.
struct SdpError {
  std::string what;
};

template <typename T>
using Parsed = std::variant<T, SdpError>;

// a=name or a=name:value.
struct Attribute {
  std::string name;
  std::string value;
};

struct Attributes {
  std::vector<Attribute> list;

  bool has(std::string_view name) const { return find(name) != nullptr; }
  // The first value; null without such an attribute.
  const std::string* find(std::string_view name) const;
  void add(std::string name, std::string value = {}) {
    list.push_back({std::move(name), std::move(value)});
  }
};

struct MediaDescription {
  std::string kind;      // "audio", "video", "application"
  std::string port;      // "9", "0"
  std::string protocol;  // "UDP/TLS/RTP/SAVPF"
  std::vector<std::string> formats;
  std::string connection;  // of the c= line, "" without
  Attributes attributes;
};

struct SessionDescription {
  std::string origin;  // of the o= line
  Attributes attributes;
  std::vector<MediaDescription> media;
};

constexpr std::size_t kMaxText = 256 * 1024;
constexpr std::size_t kMaxLine = 4096;
constexpr std::size_t kMaxMedia = 256;
constexpr std::size_t kMaxAttributes = 1024;  // of the session, and of each m-line
constexpr std::size_t kMaxFormats = 128;

// Lines may end in CRLF or LF. Lines of types that mean nothing here (b=, i=, k= ...) are
// checked for their form and left out.
Parsed<SessionDescription> parse(std::string_view text);
std::string serialize(const SessionDescription& description);

}  // namespace sotto::bridge::sdp
