#include "media/shell.h"

#include <algorithm>
#include <cstring>

#include "base/byte_reader.h"
#include "media/av1_obu.h"
#include "media/h264_shell.h"
#include "media/h265_shell.h"

namespace sotto {
namespace {

// VP8 frame tag (RFC 6386 section 9.1), and for a key frame start code and a size of 16 x 16.
constexpr std::uint8_t kVp8Key[] = {0x10, 0x00, 0x00, 0x9d, 0x01, 0x2a, 0x10, 0x00, 0x10, 0x00};
constexpr std::uint8_t kVp8Delta[] = {0x11};
// OBU headers without a size field: a sequence header, a frame.
constexpr std::uint8_t kAv1Key[] = {0x08};
constexpr std::uint8_t kAv1Delta[] = {0x30};
constexpr std::size_t kMaxPrefixSize = sizeof kVp8Key;

// The P bit alone tells how long the prefix is.
Result<ByteView> unwrap_vp8(ByteView wire) {
  if (wire.empty()) return fail(Error::kTruncated);
  const std::size_t prefix = (wire[0] & 1) == 0 ? sizeof kVp8Key : sizeof kVp8Delta;
  if (wire.size() < prefix) return fail(Error::kTruncated);
  return wire.subspan(prefix);
}

// Receivers get a size field that was not sent, and some a temporal delimiter: so parse.
Result<ByteView> unwrap_av1(ByteView wire) {
  ByteReader reader(wire);
  TRY(Obu obu, read_obu(reader));
  if (obu.type == ObuType::kTemporalDelimiter) {
    TRY(obu, read_obu(reader));
  }
  if (obu.type != ObuType::kSequenceHeader && obu.type != ObuType::kFrame) {
    return fail(Error::kMalformed);
  }
  if (!reader.empty()) return fail(Error::kMalformed);
  return obu.payload;
}

Result<ByteView> find_blob(Codec codec, ByteView wire, MutableBytes out) {
  switch (codec) {
    case Codec::kOpus:
    case Codec::kVp9:
      return wire;
    case Codec::kVp8:
      return unwrap_vp8(wire);
    case Codec::kAv1:
      return unwrap_av1(wire);
    case Codec::kH264:
      return unwrap_h264(wire, out);
    case Codec::kH265:
      return unwrap_h265(wire, out);
  }
  return fail(Error::kUnsupported);
}

}  // namespace

Result<ByteView> shell_prefix(Codec codec, bool key_frame) {
  switch (codec) {
    case Codec::kOpus:
    case Codec::kVp9:
      return ByteView{};
    case Codec::kVp8:
      return key_frame ? ByteView(kVp8Key) : ByteView(kVp8Delta);
    case Codec::kAv1:
      return key_frame ? ByteView(kAv1Key) : ByteView(kAv1Delta);
    case Codec::kH264:
    case Codec::kH265:
      break;
  }
  return fail(Error::kInvalidArgument);
}

std::size_t max_wire_size(Codec codec, std::size_t blob_size) {
  if (codec == Codec::kH264) return max_h264_wire_size(blob_size);
  if (codec == Codec::kH265) return max_h265_wire_size(blob_size);
  return kMaxPrefixSize + blob_size;
}

Result<std::size_t> wrap(Codec codec, bool key_frame, ByteView frame, ByteView blob,
                         MutableBytes out, PacketizationMode mode) {
  if (blob.empty()) return fail(Error::kInvalidArgument);
  if (out.size() < max_wire_size(codec, blob.size())) return fail(Error::kBufferTooSmall);
  if (codec == Codec::kH264) return wrap_h264(key_frame, blob, out, mode);
  if (codec == Codec::kH265) return wrap_h265(key_frame, frame, blob, out);
  TRY(const ByteView prefix, shell_prefix(codec, key_frame));
  // The blob first: it may lie where the prefix goes. Mostly it lies where it belongs.
  std::uint8_t* place = out.data() + prefix.size();
  if (place != blob.data()) std::memmove(place, blob.data(), blob.size());
  std::copy(prefix.begin(), prefix.end(), out.begin());
  return prefix.size() + blob.size();
}

Result<ByteView> unwrap(Codec codec, ByteView wire, MutableBytes out) {
  TRY(const ByteView blob, find_blob(codec, wire, out));
  if (blob.empty()) return fail(Error::kTruncated);
  return blob;
}

}  // namespace sotto
