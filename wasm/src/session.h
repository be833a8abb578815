// Everything that hangs on one link secret: who may be heard, and with what to seal.
#pragma once

#include <memory>
#include <string_view>

#include "base/random.h"
#include "e2ee/frame_opener.h"
#include "e2ee/frame_sealer.h"
#include "e2ee/link_key_provider.h"
#include "e2ee/link_keys.h"
#include "e2ee/sealed_message.h"
#include "sframe/key_store.h"

namespace sotto {

class Session {
 public:
  static Result<std::unique_ptr<Session>> create(ByteView secret, std::string_view room,
                                                 std::uint32_t generation) {
    TRY(LinkKeys sending, LinkKeys::from(secret, room, generation));
    TRY(LinkKeys receiving, LinkKeys::from(secret, room, generation));
    return std::unique_ptr<Session>(new Session(std::move(sending), std::move(receiving)));
  }

  // A new KID each time: two sealers never share a key.
  Result<FrameSealer> make_sealer(RandomSource& random) {
    const std::uint64_t kid = random.u64();
    return FrameSealer::create(kid, sending_.base_key(kid).view());
  }

  Result<OpenedFrame> open(Codec codec, const SealedFrame& sealed) {
    return opener_.open(codec, sealed);
  }

  Result<void> announce(std::uint64_t kid) { return provider_.announce(kid); }

  void withdraw(std::uint64_t kid) {
    provider_.withdraw(kid);
    keys_.erase(kid);
  }

  MessageSealer& messages() { return messages_; }

 private:
  Session(LinkKeys sending, LinkKeys receiving)
      : sending_(std::move(sending)),
        messages_(sending_.message_key()),
        provider_(std::move(receiving)),
        keys_(LinkKeyProvider::kDefaultCapacity, LinkKeyProvider::kDefaultCapacity),
        opener_(keys_, &provider_) {}

  LinkKeys sending_;
  MessageSealer messages_;
  LinkKeyProvider provider_;
  KeyStore keys_;
  FrameOpener opener_;
};

}  // namespace sotto
