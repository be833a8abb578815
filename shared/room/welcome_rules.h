// What a joiner asks of the group that it was welcomed into (security profile, section 2), before
// it says or shows anything there. The identities of all leaves have been verified by then
// (identity_policy.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mls/group/group.h"
#include "mls/group/psk_store.h"
#include "room/policy.h"
#include "room/room_context.h"

namespace sotto::room {

// The link's PSK and no other; and how often a Welcome wanted it. Good for one Welcome, where it is
// judged.
class LinkPsk : public mls::PskStore {
 public:
  LinkPsk(std::string_view room_id, std::uint32_t gen, const Secret<32>& psk);

  const mls::Bytes* external(ByteView psk_id) const override;
  const mls::Bytes* resumption(ByteView psk_group_id, std::uint64_t psk_epoch) const override;

  std::size_t times_asked_for() const { return times_asked_for_; }
  const mls::Bytes& id() const { return id_; }

 private:
  mls::Bytes id_;
  mls::Bytes psk_;
  mutable std::size_t times_asked_for_ = 0;
};

// The rule by which the group must be left at once, or nothing. A Welcome that wants another PSK
// has failed before: `psk` knows no other.
std::optional<Rule> judge_welcome(const mls::Extensions& group_extensions, std::string_view room_id,
                                  std::uint32_t gen, const LinkPsk& psk, const Policy& policy = {});

// (8) Whoever founded the room says how frames are sealed, and could say it so that the bridge can
// guess a tag: short ones only where the app has chosen the same.
std::optional<Rule> judge_suite(CipherSuite rooms, CipherSuite apps, const Policy& policy = {});

}  // namespace sotto::room
