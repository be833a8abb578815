// The RTP header extensions that the bridge knows, by name and by the id that one m-line's
// a=extmap gave them (RFC 8285).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sotto::bridge {

enum class Extension : std::uint8_t {
  kMid,                   // RFC 8843
  kRid,                   // RFC 8852
  kRepairedRid,           // RFC 8852, on RTX
  kAudioLevel,            // RFC 6464
  kTransportCc,           // draft-holmer-rmcat-transport-wide-cc-extensions-01
  kAbsSendTime,           // specs of libwebrtc
  kDependencyDescriptor,  // AV1 RTP specification, appendix A
  kVideoOrientation,      // 3GPP TS 26.114
};
constexpr std::size_t kExtensionCount = 8;

std::string_view uri(Extension extension);
std::optional<Extension> extension_from_uri(std::string_view uri);

class ExtensionMap {
 public:
  // `id` is 1 to 255; 15 is left out, as one-byte elements cannot use it. False otherwise, or
  // when the id or the extension is taken.
  bool set(Extension extension, std::uint8_t id);
  // 0 when the m-line does not have it.
  std::uint8_t id(Extension extension) const { return ids_[static_cast<std::size_t>(extension)]; }
  bool has(Extension extension) const { return id(extension) != 0; }
  std::optional<Extension> extension(std::uint8_t id) const {
    const std::uint8_t entry = extensions_[id];
    if (entry == 0) return std::nullopt;
    return static_cast<Extension>(entry - 1);
  }
  // Adds what `other` has and this one has not (m-lines of one BUNDLE group share the id space).
  // False when they contradict each other.
  bool merge(const ExtensionMap& other);

  friend bool operator==(const ExtensionMap&, const ExtensionMap&) = default;

 private:
  std::array<std::uint8_t, kExtensionCount> ids_{};
  std::array<std::uint8_t, 256> extensions_{};  // Extension + 1, 0: none
};

}  // namespace sotto::bridge
