#include "rtp/header_extension.h"

namespace sotto::bridge {

namespace {
constexpr std::array<std::string_view, kExtensionCount> kUris{
    "urn:ietf:params:rtp-hdrext:sdes:mid",
    "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
    "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
    "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
    "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
    "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension",
    "urn:3gpp:video-orientation",
};
// RFC 8285 section 4.2: ends a list of one-byte elements.
constexpr std::uint8_t kReservedId = 15;
}  // namespace

std::string_view uri(Extension extension) {
  return kUris[static_cast<std::size_t>(extension)];
}

std::optional<Extension> extension_from_uri(std::string_view uri) {
  for (std::size_t i = 0; i < kUris.size(); ++i) {
    if (kUris[i] == uri) return static_cast<Extension>(i);
  }
  return std::nullopt;
}

bool ExtensionMap::set(Extension extension, std::uint8_t id) {
  std::uint8_t& known_id = ids_[static_cast<std::size_t>(extension)];
  if (id == 0 || id == kReservedId || known_id != 0 || extensions_[id] != 0) return false;
  known_id = id;
  extensions_[id] = static_cast<std::uint8_t>(static_cast<int>(extension) + 1);
  return true;
}

bool ExtensionMap::merge(const ExtensionMap& other) {
  for (std::size_t i = 0; i < kExtensionCount; ++i) {
    const auto extension = static_cast<Extension>(i);
    if (!other.has(extension) || id(extension) == other.id(extension)) continue;
    if (!set(extension, other.id(extension))) return false;
  }
  return true;
}

}  // namespace sotto::bridge
