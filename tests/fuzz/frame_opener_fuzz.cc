// fuzz-deps: sotto_e2ee
// An opener that holds one key, whose single genuine frame is not among the seeds: whatever comes,
// nothing but an error may come out, and the replay state must not move.
#include <cstdlib>
#include <vector>

#include "crypto/init.h"
#include "e2ee/frame_opener.h"

namespace {

constexpr std::uint64_t kKid = 5;
constexpr std::uint8_t kBaseKey[32] = {0x5a};

struct Receiver {
  sotto::KeyStore keys{4};
  sotto::FrameOpener opener{keys};

  Receiver() {
    if (!sotto::initialize_crypto()) std::abort();
    if (!keys.put(kKid, sotto::kSottoSuite, kBaseKey)) std::abort();
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Receiver receiver;
  if (size < 1) return 0;
  auto codec = sotto::codec_from_number(data[0] % 8);
  if (!codec) return 0;
  const sotto::ByteView wire(data + 1, size - 1);
  std::vector<std::uint8_t> out(wire.size());
  if (receiver.opener.open(*codec, wire, out)) std::abort();
  if (!(receiver.keys.find(kKid)->window() == sotto::ReplayWindow{})) std::abort();
  return 0;
}
