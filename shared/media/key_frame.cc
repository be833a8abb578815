#include "media/key_frame.h"

#include "base/byte_reader.h"
#include "media/av1_obu.h"
#include "media/h264_nal.h"
#include "media/h265_nal.h"

namespace sotto {
namespace {

// Frame tag, RFC 6386 section 9.1: the first bit is 0 for a key frame.
Result<bool> is_vp8_key(ByteView frame) {
  ByteReader reader(frame);
  TRY(const std::uint8_t tag, reader.u8());
  return (tag & 1) == 0;
}

// Uncompressed header, VP9 bitstream specification section 6.2; most significant bit first:
// frame_marker (2, is 10), profile_low_bit, profile_high_bit, [reserved_zero if profile 3],
// show_existing_frame, frame_type (0 for a key frame).
Result<bool> is_vp9_key(ByteView frame) {
  ByteReader reader(frame);
  TRY(const std::uint8_t first, reader.u8());
  if (first >> 6 != 2) return fail(Error::kMalformed);
  const bool profile3 = (first & 0x30) == 0x30;
  if (profile3 && (first & 0x08) != 0) return fail(Error::kMalformed);
  const int after_profile = profile3 ? 2 : 3;
  const bool show_existing_frame = (first >> after_profile & 1) != 0;
  const bool frame_type = (first >> (after_profile - 1) & 1) != 0;
  return !show_existing_frame && !frame_type;
}

// A temporal unit that begins a coded video sequence carries a sequence header.
Result<bool> is_av1_key(ByteView frame) {
  ByteReader reader(frame);
  bool key = false;
  do {
    TRY(const Obu obu, read_obu(reader));
    key = key || obu.type == ObuType::kSequenceHeader;
  } while (!reader.empty());
  return key;
}

Result<bool> is_h264_key(ByteView frame) {
  TRY(NalSplitter units, NalSplitter::of(frame));
  bool key = false;
  bool slice = false;
  while (const std::optional<ByteView> unit = units.next()) {
    const NalType type = nal_type(*unit);
    key = key || type == NalType::kIdrSlice;
    slice = slice || key || type == NalType::kSlice;
  }
  if (!slice) return fail(Error::kMalformed);
  return key;
}

// A CRA picture begins a coded video sequence as an IDR picture does.
Result<bool> is_h265_key(ByteView frame) {
  TRY(NalSplitter units, NalSplitter::of(frame));
  bool key = false;
  bool slice = false;
  while (const std::optional<ByteView> unit = units.next()) {
    const H265NalType type = h265_nal_type(*unit);
    key = key || is_random_access(type);
    slice = slice || is_slice(type);
  }
  if (!slice) return fail(Error::kMalformed);
  return key;
}

}  // namespace

Result<bool> is_key_frame(Codec codec, ByteView frame) {
  switch (codec) {
    case Codec::kOpus:
      return false;
    case Codec::kVp8:
      return is_vp8_key(frame);
    case Codec::kVp9:
      return is_vp9_key(frame);
    case Codec::kAv1:
      return is_av1_key(frame);
    case Codec::kH264:
      return is_h264_key(frame);
    case Codec::kH265:
      return is_h265_key(frame);
  }
  return fail(Error::kUnsupported);
}

}  // namespace sotto
