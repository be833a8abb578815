// fuzz-deps: sotto_media
// The first byte picks the codec. What comes off a wire must come back from a shell of our own, and
// the same bytes taken as a blob must survive every shell.
#include <cstdlib>
#include <vector>

#include "media/key_frame.h"
#include "media/shell.h"

namespace {

using sotto::ByteView;
using sotto::Codec;

void require(bool condition) {
  if (!condition) std::abort();
}

void round_trip(Codec codec, bool key_frame, ByteView frame, ByteView blob) {
  std::vector<std::uint8_t> wire(sotto::max_wire_size(codec, blob.size()));
  for (auto mode :
       {sotto::PacketizationMode::kSingleNalUnit, sotto::PacketizationMode::kNonInterleaved}) {
    auto size = sotto::wrap(codec, key_frame, frame, blob, wire, mode);
    if (!size) continue;
    std::vector<std::uint8_t> out(*size);
    auto back = sotto::unwrap(codec, ByteView(wire).first(*size), out);
    require(back && sotto::equal(*back, blob));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  auto codec = sotto::codec_from_number(data[0] % 8);
  if (!codec) return 0;
  const ByteView wire(data + 1, size - 1);
  std::vector<std::uint8_t> out(wire.size());
  auto blob = sotto::unwrap(*codec, wire, out);
  if (blob) {
    require(!blob->empty() && blob->size() <= wire.size());
    round_trip(*codec, false, {}, *blob);
  }
  // The input as a plain frame and as a blob.
  (void)sotto::is_key_frame(*codec, wire);
  round_trip(*codec, (data[0] & 8) != 0, wire, wire);
  return 0;
}
