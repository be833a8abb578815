// Reads the extension elements of a packet, in the one-byte or the two-byte form (RFC 8285
// sections 4.2, 4.3). Browsers choose the form packet by packet, on the same SSRC.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "rtp/header_extension.h"
#include "rtp/packet.h"

namespace sotto::bridge {

struct ExtensionElement {
  std::uint8_t id;
  ByteView data;
};

class ExtensionReader {
 public:
  explicit ExtensionReader(const RtpView& packet);
  // False at the end, and at an element that does not fit (what comes before it stands).
  bool next(ExtensionElement& element);

 private:
  enum class Form : std::uint8_t { kNone, kOneByte, kTwoByte };
  ByteView left_;
  Form form_;
};

struct AudioLevel {
  bool voice;
  std::uint8_t level;  // 0 (loudest) to 127 (silence), in -dBov
};

// The known extensions of one packet. Views into the packet; empty: absent.
class ExtensionValues {
 public:
  ExtensionValues() = default;
  ExtensionValues(const RtpView& packet, const ExtensionMap& map);

  ByteView operator[](Extension extension) const {
    return values_[static_cast<std::size_t>(extension)];
  }
  bool has(Extension extension) const { return !(*this)[extension].empty(); }

  std::string_view mid() const { return as_text((*this)[Extension::kMid]); }
  std::string_view rid() const { return as_text((*this)[Extension::kRid]); }
  std::string_view repaired_rid() const { return as_text((*this)[Extension::kRepairedRid]); }
  std::optional<std::uint16_t> transport_sequence_number() const;
  std::optional<AudioLevel> audio_level() const;
  std::optional<std::uint32_t> abs_send_time() const;  // 24 bits

 private:
  std::array<ByteView, kExtensionCount> values_{};
};

}  // namespace sotto::bridge
