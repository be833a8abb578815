// fuzz-deps: sotto_e2ee
// A receiver of sender keys. The first byte of an input chooses codec and context; the rest is a
// frame off the wire, which nobody sealed under the receiver's key: it must not open, and after
// each the sender's own next frame must.
#include <cstdlib>
#include <vector>

#include "crypto/init.h"
#include "e2ee/sender_keys.h"
#include "shared/seeded_random.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

struct Pair {
  sotto::SeededRandom random;
  std::unique_ptr<sotto::Participant> sender, receiver;
  sotto::Time now{};

  Pair() {
    require(sotto::initialize_crypto());
    const std::uint8_t key[32] = {0x5a};
    for (auto* each : {&sender, &receiver}) {
      *each = *sotto::make_sotto_participant(sotto::kSottoSuite, random);
      require((*each)->set_key(3, sotto::KeyKind::kRaw, key, now).has_value());
    }
    require(sender->use_key(3, now).has_value());
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Pair pair;
  if (size < 1) return 0;
  auto codec = sotto::codec_from_number(data[0] % 8);
  if (!codec) return 0;
  pair.now += std::chrono::milliseconds(300);  // enough for the budget of any unknown KID
  const sotto::FrameFacts facts{.codec = *codec,
                                .context = static_cast<std::uint8_t>(data[0] >> 4)};
  const sotto::ByteView wire(data + 1, size - 1);
  std::vector<std::uint8_t> out(wire.size());
  require(!pair.receiver->open(facts, wire, out, pair.now));

  const sotto::FrameFacts honest{.codec = sotto::Codec::kVp9, .context = 1};
  std::vector<std::uint8_t> sealed(pair.sender->max_sealed_size(honest.codec, wire.size()));
  sealed.resize(*pair.sender->seal(honest, wire, sealed));
  out.assign(sealed.size(), 0);
  require(pair.receiver->open(honest, sealed, out, pair.now).has_value());
  return 0;
}
