// fuzz-deps: sotto_compat
// What parses lies within the frame, comes apart and goes together again, and is written as it was
// read: one trailer, one text.
#include <cstdlib>
#include <vector>

#include "compat/dave_trailer.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const sotto::ByteView wire(data, size);
  const auto trailer = sotto::parse_dave_trailer(wire);
  if (!trailer) return 0;
  const std::size_t media = trailer->media.size();
  require(trailer->media.data() == data && trailer->ranges.reach() <= media);

  std::vector<std::uint8_t> clear(trailer->ranges.total());
  std::vector<std::uint8_t> back(media);
  const sotto::MutableBytes rest = sotto::MutableBytes(back).first(media - clear.size());
  sotto::take_apart(trailer->ranges, trailer->media, clear, rest);
  sotto::put_together(trailer->ranges, clear, rest, back);
  require(sotto::equal(back, trailer->media));

  // Ranges that touch are read as one, so what is written may be shorter.
  const auto written_size = sotto::dave_trailer_size(trailer->nonce, trailer->ranges);
  require(written_size.has_value() && *written_size <= size - media);
  std::vector<std::uint8_t> out(*written_size - sotto::kDaveTagSize);
  sotto::ByteWriter writer(out);
  sotto::write_dave_trailer(trailer->nonce, trailer->ranges, *written_size, writer);
  require(writer.ok() && writer.remaining() == 0);
  if (*written_size == size - media) require(sotto::equal(out, wire.last(out.size())));
  return 0;
}
