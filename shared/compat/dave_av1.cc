#include "compat/dave_av1.h"

#include "base/byte_reader.h"
#include "compat/uleb128.h"
#include "media/av1_obu.h"

namespace sotto {
namespace {

constexpr std::uint8_t kExtensionFlag = 0x04;
constexpr std::uint8_t kHasSizeField = 0x02;

// Packetizers drop these: temporal delimiters, tile lists, padding.
bool is_dropped(ObuType type) {
  const auto number = static_cast<std::uint8_t>(type);
  return number == 2 || number == 8 || number == 15;
}

struct Piece {
  ByteView header;  // one byte, or two with the extension
  ByteView payload;
};

// The next OBU that is kept; one without a header when there is none.
Result<Piece> next_kept(ByteView frame, ByteReader& reader) {
  while (!reader.empty()) {
    const ByteView header = frame.subspan(reader.position());
    TRY(const Obu obu, read_obu(reader));
    if (is_dropped(obu.type)) continue;
    return Piece{.header = header.first((header[0] & kExtensionFlag) != 0 ? 2 : 1),
                 .payload = obu.payload};
  }
  return Piece{};
}

Result<void> write_piece(const Piece& piece, bool last, ByteWriter& writer, ClearRanges& ranges) {
  const std::size_t start = writer.size();
  const unsigned without_size = piece.header[0] & ~unsigned{kHasSizeField};
  writer.u8(static_cast<std::uint8_t>(without_size | (last ? 0 : kHasSizeField)));
  writer.bytes(piece.header.subspan(1));
  if (!last) write_uleb128(static_cast<std::uint32_t>(piece.payload.size()), writer);
  TRY_VOID(ranges.add(start, writer.size() - start));
  writer.bytes(piece.payload);
  return {};
}

}  // namespace

Result<void> prepare_dave_av1(ByteView frame, ByteWriter& writer, ClearRanges& ranges) {
  ByteReader reader(frame);
  TRY(Piece piece, next_kept(frame, reader));
  if (piece.header.empty()) return fail(Error::kMalformed);
  while (!piece.header.empty()) {
    TRY(const Piece next, next_kept(frame, reader));
    TRY_VOID(write_piece(piece, next.header.empty(), writer, ranges));
    piece = next;
  }
  return {};
}

}  // namespace sotto
