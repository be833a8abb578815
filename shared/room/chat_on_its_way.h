// Chat messages of mine that the service has not given back yet, by what they look like sealed: a
// message is sealed anew in every epoch until one of them has come back. A service that gives none
// back is forgotten about, the oldest first: then it is the next epoch's that counts.
#pragma once

#include <array>
#include <cstdint>
#include <list>
#include <optional>

#include "base/bytes.h"

namespace sotto::room {

class ChatOnItsWay {
 public:
  static constexpr std::size_t kMost = 1024;

  void sent(std::uint32_t seq, ByteView sealed);
  // The number of the message that this is, once.
  std::optional<std::uint32_t> came_back(ByteView sealed);
  void clear() { sent_.clear(); }

  std::size_t size() const { return sent_.size(); }

 private:
  using Digest = std::array<std::uint8_t, 32>;
  struct Sent {
    Digest digest{};
    std::uint32_t seq = 0;
  };
  static Digest digest_of(ByteView sealed);

  std::list<Sent> sent_;
};

}  // namespace sotto::room
