#include "media/h264_shell.h"

#include <algorithm>

#include "base/byte_writer.h"
#include "media/h264_nal.h"

namespace sotto {
namespace {

constexpr std::uint8_t kStopByte = 0x80;
constexpr std::size_t kNalOverhead = sizeof kStartCode + 3;  // header, prefix, stop byte

struct SliceBytes {
  std::uint8_t header;
  std::uint8_t first_prefix;
  std::uint8_t further_prefix;
};

constexpr SliceBytes kIdr = {0x65, 0xb8, 0x4e};
constexpr SliceBytes kOther = {0x41, 0xe0, 0x58};

// Constrained Baseline at level 3.1, both ids 0, pic_order_cnt_type 2 (which tells a receiver that
// pictures are shown in order), 1280 x 720, and a PPS of defaults.
constexpr std::uint8_t kParameterSets[] = {0,    0,    0,    1,    0x67, 0x42, 0xe0,
                                           0x1f, 0xda, 0x01, 0x40, 0x16, 0xe4, 0,
                                           0,    0,    1,    0x68, 0xce, 0x3c, 0x80};

}  // namespace

std::size_t max_h264_wire_size(std::size_t blob_size) {
  const std::size_t pieces = blob_size / kSingleNalUnitPiece + 1;
  return sizeof kParameterSets + pieces * kNalOverhead + max_escaped_size(blob_size);
}

// When the blob lies at the end of `out`, the writer runs after the reader and never passes it: the
// bound grows by at least one byte for every byte of the blob.
Result<std::size_t> wrap_h264(bool key_frame, ByteView blob, MutableBytes out,
                              PacketizationMode mode) {
  if (out.size() < max_h264_wire_size(blob.size())) return fail(Error::kBufferTooSmall);
  ByteWriter writer(out);
  if (key_frame) writer.bytes(kParameterSets);
  const SliceBytes& slice = key_frame ? kIdr : kOther;
  const std::size_t step =
      mode == PacketizationMode::kSingleNalUnit ? kSingleNalUnitPiece : blob.size();
  for (std::size_t at = 0; at < blob.size(); at += step) {
    writer.bytes(kStartCode);
    writer.u8(slice.header);
    writer.u8(at == 0 ? slice.first_prefix : slice.further_prefix);
    escape(blob.subspan(at, std::min(step, blob.size() - at)), writer);
    writer.u8(kStopByte);
  }
  if (!writer.ok()) return fail(Error::kBufferTooSmall);
  return writer.size();
}

Result<ByteView> unwrap_h264(ByteView wire, MutableBytes out) {
  TRY(NalSplitter units, NalSplitter::of(wire));
  ByteWriter writer(out);
  while (const std::optional<ByteView> unit = units.next()) {
    const NalType type = nal_type(*unit);
    if (type != NalType::kSlice && type != NalType::kIdrSlice) continue;
    if (unit->size() < 3 || unit->back() != kStopByte) return fail(Error::kMalformed);
    unescape(unit->subspan(2, unit->size() - 3), writer);
  }
  if (!writer.ok()) return fail(Error::kBufferTooSmall);
  return ByteView(writer.written());
}

}  // namespace sotto
