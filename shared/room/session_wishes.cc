#include <algorithm>

#include "room/moderators.h"
#include "room/session_core.h"
#include "room/session_timing.h"

namespace sotto::room {

void Wishes::take_back(Wishes others) {
  kicks.merge(others.kicks);
  bans.merge(others.bans);
  moderators.merge(others.moderators);
  admitted.merge(others.admitted);
  if (!join_policy) join_policy = others.join_policy;
  if (!media_encrypted) media_encrypted = others.media_encrypted;
  permanent |= others.permanent;
  update |= others.update;
}

// What changes the room is a moderator's to wish for.
Result<void> SessionCore::wish(Time) {
  if (state != SessionState::kIn) return fail(Error::kWrongState);
  if (!is_moderator(in->group.own_leaf(), in->context, in->roster)) {
    tell_error(SessionError::kNotModerator);
    return fail(Error::kWrongState);
  }
  return {};
}

Result<const RosterMember*> SessionCore::member_shown(mls::LeafIndex leaf,
                                                      const IdentityKey* shown) const {
  if (!inside()) return fail(Error::kWrongState);
  const RosterMember* member = in->roster.find(leaf);
  const bool another = member == nullptr || (shown && member->identity.identity_key != *shown);
  if (another) return fail(Error::kNotFound);
  return member;
}

void SessionCore::drop_wishes(SessionError error) {
  wishes = {};
  views_outdated = true;
  tell_error(error);
}

RoomContext SessionCore::context_wished_for() const {
  RoomContext context = in->context;
  if (!wishes.kicks.empty() && config.policy.has(Rule::kNewLinkAfterKick)) ++context.gen;
  for (const IdentityKey& key : wishes.bans) {
    if (!context.bans(key)) context.banned.push_back(key);
  }
  for (const IdentityKey& key : wishes.moderators) {
    if (!context.lists_moderator(key)) context.moderators.push_back(key);
  }
  for (const IdentityKey& key : wishes.kicks) {
    auto& moderators = context.moderators;
    moderators.erase(std::remove(moderators.begin(), moderators.end(), key), moderators.end());
  }
  if (wishes.join_policy) context.join_policy = *wishes.join_policy;
  if (wishes.permanent) context.e2ee_permanent = context.media_encrypted = true;
  if (wishes.media_encrypted) context.media_encrypted = *wishes.media_encrypted;
  return context;
}

void SessionCore::leave(Time now) {
  if (state == SessionState::kOver || leaving_since) return;
  const bool can_say_so = inside() && state != SessionState::kRestoring;
  if (!can_say_so || in->group.member_count() == 1) return left();
  leaving_since = now;
  wishes.admitted.clear();
  wishes.update = false;
  set_state(SessionState::kLeaving);
}

bool SessionCore::still_changes_the_room() const {
  return wishes.change_the_room() || (in && in->commit && in->commit->granted.change_the_room());
}

// What a moderator has asked for and is not in the group's state is not lost without a word.
void SessionCore::left() {
  if (still_changes_the_room()) tell_error(SessionError::kCommitFailed);
  over(EndReason::kLeft);
}

// First what I have still asked for as a moderator, then my own Remove, by reference, anew in every
// epoch until somebody has committed it. Nobody can keep me: after a while I go without.
void SessionCore::tend_leaving(Time now) {
  if (!leaving_since) return;
  if (*leaving_since + kLeaveWait <= now) return left();
  if (still_changes_the_room()) return;
  if (in->own_removal.empty()) {
    auto proposal = in->group.propose({mls::Remove{in->group.own_leaf()}}, {}, random);
    if (!proposal) return left();
    in->own_removal.assign(proposal->begin(), proposal->end());
  } else if (in->own_removal_sent + kLeaveRetry > now) {
    return;
  }
  in->own_removal_sent = now;
  messages.push_back({MessageKind::kHandshake, {}, in->own_removal});
}

}  // namespace sotto::room
