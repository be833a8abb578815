#include "compat/dave_trailer.h"

#include "base/byte_reader.h"

namespace sotto {
namespace {

constexpr std::uint16_t kMarker = 0xfafa;
constexpr std::size_t kEndSize = 3;  // S and the marker
constexpr std::size_t kMinSize = kDaveTagSize + 1 + kEndSize;

}  // namespace

Result<DaveTrailer> parse_dave_trailer(ByteView wire) {
  if (wire.size() <= kMinSize) return fail(Error::kTruncated);
  ByteReader end(wire.last(kEndSize));
  TRY(const std::uint8_t size, end.u8());
  TRY(const std::uint16_t marker, end.u16());
  if (marker != kMarker || size < kMinSize || size >= wire.size()) return fail(Error::kMalformed);

  DaveTrailer trailer;
  trailer.media = wire.first(wire.size() - size);
  ByteReader reader(wire.last(size).first(size - kEndSize));
  TRY(trailer.tag, reader.bytes(kDaveTagSize));
  auto nonce = read_uleb128(reader);
  if (!nonce) return fail(Error::kMalformed);
  trailer.nonce = *nonce;
  while (!reader.empty()) {
    auto offset = read_uleb128(reader);
    auto length = read_uleb128(reader);
    if (!offset || !length || *length == 0) return fail(Error::kMalformed);
    if (!trailer.ranges.add(*offset, *length)) return fail(Error::kMalformed);
  }
  if (trailer.ranges.reach() > trailer.media.size()) return fail(Error::kMalformed);
  return trailer;
}

Result<std::size_t> dave_trailer_size(std::uint32_t nonce, const ClearRanges& ranges) {
  std::size_t size = kDaveTagSize + uleb128_size(nonce) + kEndSize;
  for (const ClearRange& range : ranges) {
    size += uleb128_size(range.offset) + uleb128_size(range.size);
  }
  if (size > kMaxDaveTrailerSize) return fail(Error::kTooLarge);
  return size;
}

void write_dave_trailer(std::uint32_t nonce, const ClearRanges& ranges, std::size_t size,
                        ByteWriter& writer) {
  write_uleb128(nonce, writer);
  for (const ClearRange& range : ranges) {
    write_uleb128(range.offset, writer);
    write_uleb128(range.size, writer);
  }
  writer.u8(static_cast<std::uint8_t>(size));
  writer.u16(kMarker);
}

}  // namespace sotto
