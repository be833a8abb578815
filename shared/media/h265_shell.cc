#include "media/h265_shell.h"

#include "base/byte_writer.h"
#include "media/h265_nal.h"

namespace sotto {
namespace {

constexpr std::uint8_t kKeySlice[] = {0x26, 0x01, 0xac};
constexpr std::uint8_t kDeltaSlice[] = {0x02, 0x01, 0xd0};
constexpr std::size_t kSliceStart = sizeof kKeySlice;
constexpr std::uint8_t kStopByte = 0x80;

Result<void> copy_parameter_sets(ByteView frame, ByteWriter& writer) {
  TRY(NalSplitter units, NalSplitter::of(frame));
  while (const std::optional<ByteView> unit = units.next()) {
    if (!is_parameter_set(h265_nal_type(*unit))) continue;
    writer.bytes(kStartCode);
    writer.bytes(*unit);
    if (writer.size() > kMaxParameterSetsSize) return fail(Error::kTooLarge);
  }
  return {};
}

}  // namespace

std::size_t max_h265_wire_size(std::size_t blob_size) {
  return kMaxParameterSetsSize + sizeof kStartCode + kSliceStart + max_escaped_size(blob_size) + 1;
}

// As in the H.264 shell, a blob at the end of `out` is read before the writer reaches it.
Result<std::size_t> wrap_h265(bool key_frame, ByteView frame, ByteView blob, MutableBytes out) {
  if (out.size() < max_h265_wire_size(blob.size())) return fail(Error::kBufferTooSmall);
  ByteWriter writer(out);
  if (key_frame) TRY_VOID(copy_parameter_sets(frame, writer));
  writer.bytes(kStartCode);
  writer.bytes(key_frame ? kKeySlice : kDeltaSlice);
  escape(blob, writer);
  writer.u8(kStopByte);
  if (!writer.ok()) return fail(Error::kBufferTooSmall);
  return writer.size();
}

Result<ByteView> unwrap_h265(ByteView wire, MutableBytes out) {
  TRY(NalSplitter units, NalSplitter::of(wire));
  ByteWriter writer(out);
  while (const std::optional<ByteView> unit = units.next()) {
    if (!is_slice(h265_nal_type(*unit))) continue;
    if (unit->size() <= kSliceStart || unit->back() != kStopByte) return fail(Error::kMalformed);
    unescape(unit->subspan(kSliceStart, unit->size() - kSliceStart - 1), writer);
  }
  if (!writer.ok()) return fail(Error::kBufferTooSmall);
  return ByteView(writer.written());
}

}  // namespace sotto
