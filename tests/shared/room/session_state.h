// Everything that a session knows, as bytes: to show that an attack has changed nothing.
#pragma once

#include <string>

#include "shared/mls/group/some_group.h"
#include "shared/room/session_access.h"
#include "support/room_network.h"

namespace sotto::room::test {

class StateBytes {
 public:
  void number(std::uint64_t value) { text_ += std::to_string(value) + ','; }
  void bytes(ByteView view) {
    number(view.size());
    text_.append(reinterpret_cast<const char*>(view.data()), view.size());
  }
  void text(std::string_view view) { bytes(as_bytes(view)); }
  const std::string& all() const { return text_; }

 private:
  std::string text_;
};

inline void append(StateBytes& state, const Wishes& wishes) {
  for (const auto* keys : {&wishes.kicks, &wishes.bans, &wishes.moderators}) {
    for (const IdentityKey& key : *keys) state.bytes(key);
  }
  for (const auto& [endpoint, identity] : wishes.admitted) {
    state.bytes(endpoint);
    state.bytes(encode(identity));
  }
  state.number(wishes.at_once());
  state.number(wishes.update);
}

inline void append(StateBytes& state, const MemberView& view) {
  state.number(view.leaf.value);
  state.bytes(view.identity_key);
  state.text(view.name);
  for (const bool flag : {view.self, view.moderator, view.caught_up, view.marks.publishes,
                          view.marks.microphone_muted, view.marks.hand_raised}) {
    state.number(flag);
  }
  state.number(static_cast<std::uint64_t>(view.reachability));
  state.number(static_cast<std::uint64_t>(view.standing));
}

// `ratchets`: MLS to the bit. An authentic message that a room's rule refuses has used up its key;
// then everything else of the group is as it was.
inline void append(StateBytes& state, Membership& in, bool ratchets) {
  mls::Group& group = in.group;
  if (ratchets) state.bytes(mls::digest_of(group));
  state.number(group.epoch());
  state.bytes(group.epoch_authenticator().view());
  state.number(group.stored_proposals().size());
  state.number(group.pending_commit() != nullptr);
  state.number(group.active());
  state.bytes(mls::make_extension(in.context).extension_data);
  for (const auto& [leaf, member] : in.roster.members()) {
    state.number(leaf.value);
    state.bytes(encode(member.identity));
    state.bytes(member.signature_key);
    state.number(member.since_epoch);
    const Presence* presence = in.presence.presence(leaf);
    state.bytes(presence != nullptr ? ByteView(encode(*presence)) : ByteView());
  }
  state.number(in.order.locked_out());
  for (const auto& content : in.chat.resend()) state.bytes(content);
  for (const mls::LeafIndex leaf : in.code.participants()) state.number(leaf.value);
  if (in.code.code())
    state.bytes(as_bytes(std::string(in.code.code()->begin(), in.code.code()->end())));
  state.number(in.commit.has_value());
}

inline std::string state_of(Participant& one, Time now, bool ratchets = true) {
  SessionCore& core = SessionAccess::core(*one.session);
  StateBytes state;
  state.number(static_cast<std::uint64_t>(core.state));
  const LinkText link = format_link(core.config.link);
  state.text({link.begin(), link.end()});
  state.bytes(core.psk.id());
  for (const auto& [endpoint, joiner] : core.queue.waiting()) {
    state.bytes(endpoint);
    state.bytes(joiner.reference);
  }
  state.bytes(core.pins.save());
  append(state, core.wishes);
  state.number(core.offers.size());
  state.number(core.early_handshakes.size());
  state.number(core.outbox.size());
  for (const auto& [number, seq] : core.chat_numbers) state.number(number * 1000 + seq);
  for (const MemberView& view : core.views(now)) append(state, view);
  if (core.in) append(state, *core.in, ratchets);
  return state.all();
}

}  // namespace sotto::room::test
