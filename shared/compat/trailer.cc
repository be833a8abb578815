#include "compat/trailer.h"

#include "base/byte_reader.h"

namespace sotto {
namespace {

constexpr std::uint8_t kMaxKeyIndex = 15;

}  // namespace

std::array<std::uint8_t, kIvSize> Iv::bytes() const {
  std::array<std::uint8_t, kIvSize> out{};
  ByteWriter writer(out);
  writer.u32(ssrc);
  writer.u32(timestamp);
  writer.u32(last_word);
  return out;
}

Result<Trailer> parse_trailer(ByteView rest) {
  if (rest.size() < kTrailerOverhead) return fail(Error::kTruncated);
  ByteReader reader(rest);
  Trailer trailer;
  TRY(trailer.sealed, reader.bytes(rest.size() - kIvSize - 2));
  TRY(trailer.iv.ssrc, reader.u32());
  TRY(trailer.iv.timestamp, reader.u32());
  TRY(trailer.iv.last_word, reader.u32());
  TRY(const std::uint8_t iv_size, reader.u8());
  TRY(trailer.key_index, reader.u8());
  if (iv_size != kIvSize || trailer.key_index > kMaxKeyIndex) return fail(Error::kMalformed);
  return trailer;
}

void write_trailer(const Iv& iv, std::uint8_t key_index, ByteWriter& writer) {
  writer.bytes(iv.bytes());
  writer.u8(kIvSize);
  writer.u8(key_index);
}

}  // namespace sotto
