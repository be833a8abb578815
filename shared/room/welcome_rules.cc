#include "room/welcome_rules.h"

#include "crypto/aes.h"
#include "room/commit_rules.h"
#include "room/room_link.h"

namespace sotto::room {

LinkPsk::LinkPsk(std::string_view room_id, std::uint32_t gen, const Secret<32>& psk)
    : id_(mls::to_bytes(link_psk_id(room_id, gen))), psk_(mls::to_bytes(psk.view())) {}

const mls::Bytes* LinkPsk::external(ByteView psk_id) const {
  if (!equal(psk_id, id_)) return nullptr;
  ++times_asked_for_;
  return &psk_;
}

const mls::Bytes* LinkPsk::resumption(ByteView, std::uint64_t) const {
  return nullptr;
}

std::optional<Rule> judge_welcome(const mls::Extensions& group_extensions, std::string_view room_id,
                                  std::uint32_t gen, const LinkPsk& psk, const Policy& policy) {
  if (policy.has(Rule::kJoinerPsk) && psk.times_asked_for() != 1) return Rule::kJoinerPsk;
  if (policy.has(Rule::kKnownExtensions) && !has_only_known_extensions(group_extensions)) {
    return Rule::kKnownExtensions;
  }
  if (!policy.has(Rule::kJoinerRoom)) return {};
  const auto context = room_context_of(group_extensions);
  if (!context || context->room_id != room_id || context->gen != gen) return Rule::kJoinerRoom;
  return {};
}

std::optional<Rule> judge_suite(CipherSuite rooms, CipherSuite apps, const Policy& policy) {
  if (rooms == apps || !policy.has(Rule::kSuite)) return {};
  const auto known = parameters(rooms);
  // All but our own are of AES: where there is none, I would see and be seen by nobody.
  if (!known || known->nt < kMaxNt || !has_aes()) return Rule::kSuite;
  return {};
}

}  // namespace sotto::room
