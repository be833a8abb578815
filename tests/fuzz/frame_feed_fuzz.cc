// fuzz-deps: sotto_room
// What goes from the keeper of a group to those who seal frames, who come and go, over a carrier
// that leaves out, repeats and alters: no two of them ever have one epoch's key, nobody has an
// operation that was not given, and none of an altered message.
//
//   u8 0  u8 size, an operation of the group; taken if it is one
//   u8 1  a frame module comes
//   u8 2  a key of nobody's comes: key[32]
//   u8 3  the next message arrives
//   u8 4  the next message is lost; u8 5: an altered copy arrives: u16 where
//   u8 6  something else arrives: u8 size, bytes
#include <cstdlib>
#include <map>
#include <memory>
#include <vector>

#include "mls/wire/reader.h"
#include "room/frame_channel.h"
#include "room/frame_feed.h"
#include "support/seeded_random.h"

namespace {

using namespace sotto;
using namespace sotto::room;

class Carrier {
 public:
  void step(mls::Reader& in) {
    switch (in.u8() % 7) {
      case 0:
        return add(in.bytes(in.u8()));
      case 1:
        receiver_ = std::make_unique<FrameChannelReceiver>(random_);
        ++receivers_;
        (void)feed_.connect(receiver_->public_key(), random_).has_value();
        return;
      case 2:
        if (feed_.connect(in.bytes(kX25519KeySize), random_)) receiver_.reset();
        return;
      case 3:
        if (const auto message = feed_.poll()) arrive(*message);
        return;
      case 4:
        (void)feed_.poll();
        return;
      case 5: {
        auto message = feed_.poll();
        const std::size_t at = in.u16();
        if (!message || message->empty()) return;
        (*message)[at % message->size()] ^= 1;
        if (receiver_ && receiver_->open(*message)) std::abort();
        return;
      }
      case 6:
        if (receiver_ && receiver_->open(in.bytes(in.u8()))) std::abort();
        return;
    }
  }

 private:
  // Epochs as a group has them: a number comes once.
  void add(ByteView bytes) {
    auto operation = decode_frame_operation(bytes);
    if (!operation) return;
    if (auto* begun = std::get_if<EpochBegun>(&*operation)) {
      begun->secrets.epoch = ++epoch_;
      given_.push_back(encode(*operation));
    }
    feed_.add(*std::move(operation));
  }
  void arrive(ByteView message) {
    if (!receiver_) return;
    const auto operation = receiver_->open(message);
    if (!operation) return;
    const auto* begun = std::get_if<EpochBegun>(&*operation);
    if (begun == nullptr) return;
    const std::uint64_t epoch = begun->secrets.epoch;
    if (epoch == 0 || epoch > given_.size() || encode(*operation) != given_[epoch - 1]) {
      std::abort();
    }
    const auto [owner, first] = owners_.emplace(epoch, receivers_);
    if (!first && owner->second != receivers_) std::abort();
  }

  sotto::test::SeededRandom random_{1};
  FrameFeed feed_;
  std::unique_ptr<FrameChannelReceiver> receiver_;
  std::uint64_t receivers_ = 0;
  std::uint64_t epoch_ = 0;
  std::vector<mls::Bytes> given_;
  std::map<std::uint64_t, std::uint64_t> owners_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mls::Reader in({data, size});
  Carrier carrier;
  for (int steps = 0; in.ok() && in.remaining() > 0 && steps < 200; ++steps) carrier.step(in);
  return 0;
}
