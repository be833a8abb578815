#include "room/chat_on_its_way.h"

#include <algorithm>
#include <span>

#include "crypto/sha256.h"

namespace sotto::room {

ChatOnItsWay::Digest ChatOnItsWay::digest_of(ByteView sealed) {
  Sha256 sha;
  sha.update(sealed);
  Digest digest;
  sha.finish(std::span<std::uint8_t, Sha256::kSize>(digest));
  return digest;
}

void ChatOnItsWay::sent(std::uint32_t seq, ByteView sealed) {
  if (sent_.size() == kMost) sent_.pop_front();
  sent_.push_back({digest_of(sealed), seq});
}

std::optional<std::uint32_t> ChatOnItsWay::came_back(ByteView sealed) {
  if (sent_.empty()) return std::nullopt;
  const Digest digest = digest_of(sealed);
  const auto found = std::find_if(sent_.begin(), sent_.end(),
                                  [&](const Sent& one) { return one.digest == digest; });
  if (found == sent_.end()) return std::nullopt;
  const std::uint32_t seq = found->seq;
  sent_.remove_if([&](const Sent& one) { return one.seq == seq; });
  return seq;
}

}  // namespace sotto::room
