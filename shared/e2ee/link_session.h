// Everything that hangs on one link secret: who may be heard, and with what to seal. The browser
// module and the C interface are two faces of this.
#pragma once

#include <cstddef>
#include <cstdint>
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

class LinkSession {
 public:
  // Errors as LinkKeys::from.
  static Result<std::unique_ptr<LinkSession>> create(ByteView secret, std::string_view room,
                                                     std::uint32_t generation) {
    TRY(LinkKeys && sending, LinkKeys::from(secret, room, generation));
    TRY(LinkKeys && receiving, LinkKeys::from(secret, room, generation));
    return std::unique_ptr<LinkSession>(new LinkSession(std::move(sending), std::move(receiving)));
  }

  // A new KID each time: two sealers never share a key. The sealer may outlive the session.
  Result<FrameSealer> make_sealer(RandomSource& random) const {
    const std::uint64_t kid = random.u64();
    return FrameSealer::create(kid, sending_.base_key(kid).view());
  }

  FrameOpener& opener() { return opener_; }
  const FrameOpener& opener() const { return opener_; }
  MessageSealer& messages() { return messages_; }

  // See LinkKeyProvider::announce.
  Result<void> announce(std::uint64_t kid) { return provider_.announce(kid); }

  // False when it was not announced. What it has opened stays known as replayed.
  bool withdraw(std::uint64_t kid) {
    // The key first: when memory runs out on the way, the call can be repeated.
    keys_.erase(kid);
    return provider_.withdraw(kid);
  }

 private:
  LinkSession(LinkKeys&& sending, LinkKeys&& receiving)
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
