// A publisher's packet as a receiver gets it: header and descriptors rewritten, payload copied.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "rtp/codec.h"
#include "rtp/descriptor_patch.h"
#include "rtp/extension_writer.h"
#include "rtp/header_extension.h"
#include "rtp/packet.h"

namespace sotto::bridge {

struct ForwardRewrite {
  std::uint32_t ssrc = 0;
  std::uint16_t sequence_number = 0;
  std::uint32_t timestamp = 0;
  std::uint8_t payload_type = 0;
  bool marker = false;
  OutgoingExtensions extensions;
  const ExtensionMap* extension_map = nullptr;  // the receiver's; null: no extensions
  // Dependency Descriptor's frame_number; ignored when the packet carries none.
  std::optional<std::uint16_t> frame_number;
  // VP8 and VP9 descriptor fields; ignored when the payload has no such field.
  DescriptorPatch descriptor;
  // Set: write RTX (RFC 4588) with this original sequence number before the payload. ssrc,
  // sequence_number and payload_type are then those of the RTX stream.
  std::optional<std::uint16_t> original_sequence_number;
};

// The most that a forwarded packet can be longer than its source, without CSRCs.
constexpr std::size_t kForwardOverhead = 64;

// Writes the packet into `out` and returns its size. CSRCs and padding are not forwarded.
// kBufferTooSmall when it does not fit.
Result<std::size_t> write_forwarded(const RtpView& packet, Codec codec,
                                    const ForwardRewrite& rewrite, MutableBytes out);

}  // namespace sotto::bridge
