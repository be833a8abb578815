// fuzz-deps: sotto_media
// OBUs lie one behind the other inside the input, and reading always ends.
#include <cstdlib>

#include "media/av1_obu.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sotto::ByteReader reader(sotto::ByteView(data, size));
  while (!reader.empty()) {
    const std::size_t before = reader.position();
    const auto obu = sotto::read_obu(reader);
    if (!obu) {
      require(obu.error() == sotto::Error::kTruncated || obu.error() == sotto::Error::kMalformed);
      return 0;
    }
    require(reader.position() > before);
    require(static_cast<std::uint8_t>(obu->type) <= 15);
    require(obu->payload.data() + obu->payload.size() == data + reader.position());
  }
  return 0;
}
