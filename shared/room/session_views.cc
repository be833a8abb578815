#include <utility>

#include "room/moderators.h"
#include "room/session_core.h"
#include "room/session_timing.h"

namespace sotto::room {
namespace {

std::vector<std::string> names_of(const Roster& roster, const std::set<mls::LeafIndex>& leaves) {
  std::vector<std::string> names;
  for (const mls::LeafIndex leaf : leaves) {
    if (const RosterMember* member = roster.find(leaf)) names.push_back(member->identity.name);
  }
  return names;
}

void tell_room(SessionCore& core) {
  Membership& in = *core.in;
  const RoomChanged room{in.context.join_policy, in.context.media_encrypted,
                         in.context.e2ee_permanent,
                         is_moderator(in.group.own_leaf(), in.context, in.roster),
                         std::exchange(in.changed_by, std::nullopt)};
  if (core.room_shown && core.room_shown->join_policy == room.join_policy &&
      core.room_shown->media_encrypted == room.media_encrypted &&
      core.room_shown->e2ee_permanent == room.e2ee_permanent &&
      core.room_shown->i_am_moderator == room.i_am_moderator) {
    return;
  }
  core.room_shown = room;
  core.tell(room);
}

// Under knock, a moderator is asked once for each who waits.
void tell_requests(SessionCore& core) {
  const Membership& in = *core.in;
  if (in.context.join_policy != JoinPolicy::kKnock ||
      !is_moderator(in.group.own_leaf(), in.context, in.roster)) {
    return;
  }
  // Whose place another has taken, or who has come in.
  for (auto it = core.requests_shown.begin(); it != core.requests_shown.end();) {
    const bool waits = core.queue.waiting().count(it->first) != 0;
    if (!waits) core.tell(JoinWithdrawn{it->first});
    it = waits ? std::next(it) : core.requests_shown.erase(it);
  }
  for (const auto& [endpoint, joiner] : core.queue.waiting()) {
    if (in.context.bans(joiner.identity.identity_key)) continue;
    if (!core.requests_shown.emplace(endpoint, joiner.identity).second) continue;
    core.tell(JoinRequested{endpoint, joiner.identity.identity_key, joiner.identity.name,
                            core.pins.standing(joiner.identity)});
  }
}

// A moderator's kick as well: as long as it is held back, who was kicked listens.
void tell_removals(SessionCore& core, Time now) {
  const Membership& in = *core.in;
  std::set<mls::LeafIndex> leaves;
  for (const mls::LeafIndex leaf : core.to_be_removed(now)) leaves.insert(leaf);
  for (const auto& stored : in.group.stored_proposals()) {
    if (const auto* remove = stored->proposal->as<mls::Remove>()) leaves.insert(remove->removed);
  }
  std::set<IdentityKey> kicked = core.wishes.kicks;
  if (in.commit) kicked.insert(in.commit->granted.kicks.begin(), in.commit->granted.kicks.end());
  for (const IdentityKey& key : kicked) {
    for (const mls::LeafIndex leaf : in.roster.leaves_of(key)) leaves.insert(leaf);
  }
  std::vector<std::string> names = names_of(in.roster, leaves);
  if (names == core.removals_shown) return;
  core.removals_shown = names;
  core.tell(RemovalsPending{std::move(names)});
}

// Whoever is confirmed has been met; how they stood before is what is shown.
void meet(SessionCore& core, Time now) {
  for (const auto& [leaf, member] : core.in->roster.members()) {
    if (leaf == core.in->group.own_leaf() || core.standings.count(leaf) != 0) continue;
    if (core.in->presence.reachability(leaf, now) == Reachability::kUnconfirmed) continue;
    core.standings[leaf] = core.pins.meet(member.identity);
  }
}

}  // namespace

std::vector<MemberView> SessionCore::views(Time now) const {
  std::vector<MemberView> all;
  if (!in) return all;
  const auto stand_in = acting_moderator(in->context, in->roster);
  std::set<mls::LeafIndex> behind;
  for (const mls::LeafIndex leaf : in->presence.not_caught_up(now)) behind.insert(leaf);
  for (const auto& [leaf, member] : in->roster.members()) {
    MemberView view;
    view.leaf = leaf;
    view.identity_key = member.identity.identity_key;
    view.name = member.identity.name;
    view.self = leaf == in->group.own_leaf();
    view.moderator = in->context.lists_moderator(member.identity.identity_key) || stand_in == leaf;
    view.reachability = view.self ? Reachability::kPresent : in->presence.reachability(leaf, now);
    const auto standing = standings.find(leaf);
    view.standing = standing != standings.end() ? standing->second : pins.standing(member.identity);
    view.caught_up = behind.count(leaf) == 0;
    const auto trace = in->traces.find(leaf);
    if (trace != in->traces.end()) view.endpoint = trace->second.endpoint;
    if (view.self) {
      view.marks = marks;
      view.endpoint = config.endpoint;
    } else if (const Presence* presence = in->presence.presence(leaf)) {
      view.marks = presence->marks;
    }
    all.push_back(std::move(view));
  }
  return all;
}

void SessionCore::tell_heard(bool heard) {
  if (heard == heard_by_others) return;
  heard_by_others = heard;
  tell(HeardByOthers{heard});
  frame_operations.push_back(MaySend{heard});
}

void SessionCore::tend_views(Time now) {
  if (requests_outdated || views_outdated) tell_requests(*this);
  requests_outdated = false;
  answer_waiting(now);
  if (!views_outdated && (!views_at || *views_at > now)) return;
  views_outdated = false;
  tell_room(*this);
  meet(*this, now);
  for (MemberView& view : views(now)) {
    const auto former = shown.find(view.leaf);
    if (former != shown.end() && former->second == view) continue;
    shown[view.leaf] = view;
    tell(MemberChanged{std::move(view)});
  }
  tell_removals(*this, now);
  tell_heard(in->presence.may_send(now));
  views_at = in->presence.next_change(now);
  if (in->context.join_policy == JoinPolicy::kLocked) return;  // nobody goes on the service's word
  for (const auto& [leaf, trace] : in->traces) {
    if (trace.absent && (!views_at || gone_at(leaf, trace) < *views_at)) {
      views_at = std::max(gone_at(leaf, trace), now + kQueueLook);
    }
  }
}

}  // namespace sotto::room
