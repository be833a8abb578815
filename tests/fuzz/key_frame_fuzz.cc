// fuzz-deps: sotto_media
// The first byte picks the codec. Whether a frame is a key frame has the same answer each time, and
// for the codecs that say it in their first byte no later byte changes it.
#include <cstdlib>
#include <vector>

#include "media/key_frame.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const auto codec = sotto::codec_from_number(data[0] % 8);
  if (!codec) return 0;
  const sotto::ByteView frame(data + 1, size - 1);
  const auto key = sotto::is_key_frame(*codec, frame);
  if (!key) {
    require(key.error() == sotto::Error::kTruncated || key.error() == sotto::Error::kMalformed);
    return 0;
  }
  require(*codec != sotto::Codec::kOpus || !*key);
  if (*codec == sotto::Codec::kVp8 || *codec == sotto::Codec::kVp9) {
    require(*sotto::is_key_frame(*codec, frame.first(1)) == *key);
  }
  return 0;
}
