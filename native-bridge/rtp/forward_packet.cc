#include "rtp/forward_packet.h"

#include <array>
#include <cstring>

#include "base/byte_writer.h"
#include "rtp/dependency_descriptor.h"

namespace sotto::bridge {

namespace {

constexpr std::uint8_t kVersionBits = 0x80;
constexpr std::uint8_t kExtensionBit = 0x10;
constexpr std::size_t kMaxDescriptor = 255;

void write_fixed_header(ByteWriter& writer, const ForwardRewrite& rewrite) {
  writer.u8(kVersionBits);
  writer.u8(static_cast<std::uint8_t>((rewrite.marker ? 0x80 : 0) | (rewrite.payload_type & 0x7f)));
  writer.u16(rewrite.sequence_number);
  writer.u32(rewrite.timestamp);
  writer.u32(rewrite.ssrc);
}

bool write_rewritten_extensions(ByteWriter& writer, const ForwardRewrite& rewrite) {
  if (rewrite.extension_map == nullptr) return false;
  const ByteView descriptor = rewrite.extensions.dependency_descriptor;
  if (!rewrite.frame_number || descriptor.size() > kMaxDescriptor) {
    return write_extensions(writer, rewrite.extensions, *rewrite.extension_map);
  }
  std::array<std::uint8_t, kMaxDescriptor> renumbered;
  const MutableBytes copy(renumbered.data(), descriptor.size());
  if (!descriptor.empty()) std::memcpy(copy.data(), descriptor.data(), descriptor.size());
  set_frame_number(copy, *rewrite.frame_number);
  OutgoingExtensions extensions = rewrite.extensions;
  extensions.dependency_descriptor = copy;
  return write_extensions(writer, extensions, *rewrite.extension_map);
}

}  // namespace

Result<std::size_t> write_forwarded(const RtpView& packet, Codec codec,
                                    const ForwardRewrite& rewrite, MutableBytes out) {
  ByteWriter writer(out);
  write_fixed_header(writer, rewrite);
  const bool extended = write_rewritten_extensions(writer, rewrite);
  if (rewrite.original_sequence_number) writer.u16(*rewrite.original_sequence_number);
  const std::size_t payload_at = writer.size();
  writer.bytes(packet.payload());
  if (!writer.ok()) return fail(Error::kBufferTooSmall);
  if (extended) out[0] |= kExtensionBit;
  if (!rewrite.descriptor.empty()) {
    patch_descriptor(codec, writer.written().subspan(payload_at), rewrite.descriptor);
  }
  return writer.size();
}

}  // namespace sotto::bridge
