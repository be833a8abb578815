#include <algorithm>
#include <utility>

#include "room/moderators.h"
#include "room/session_core.h"
#include "room/session_timing.h"

namespace sotto::room {
namespace {

using Leaves = std::vector<mls::LeafIndex>;

bool holds(const Leaves& leaves, mls::LeafIndex leaf) {
  return std::find(leaves.begin(), leaves.end(), leaf) != leaves.end();
}

// Leaves whose own Remove waits for a commit: it is taken by reference.
Leaves leavers(const Membership& in) {
  Leaves leaves;
  for (const auto& stored : in.group.stored_proposals()) {
    if (const auto* remove = stored->proposal->as<mls::Remove>()) leaves.push_back(remove->removed);
  }
  return leaves;
}

void add_once(Leaves& leaves, mls::LeafIndex leaf) {
  if (!holds(leaves, leaf)) leaves.push_back(leaf);
}

CommitPlan plan_of(const SessionCore& core, Time now) {
  const Membership& in = *core.in;
  const Leaves leaving = leavers(in);
  CommitPlan plan;
  for (const mls::LeafIndex leaf : core.to_be_removed(now)) plan.removed.push_back(leaf);
  if (core.wishes.change_the_room()) plan.context = core.context_wished_for();
  for (const IdentityKey& key : core.wishes.kicks) {
    for (const mls::LeafIndex leaf : in.roster.leaves_of(key)) add_once(plan.removed, leaf);
  }
  // Whoever came by the link that ends comes in by the next one.
  const bool new_link = plan.context && plan.context->gen != in.context.gen;
  if (!new_link) {
    std::set<IdentityKey> identities;
    std::size_t bytes = 0;
    for (const auto& [endpoint, joiner] : core.queue.waiting()) {
      if (plan.joiners.size() >= core.joiners_at_once) break;
      const bool fits = plan.joiners.empty() || bytes + joiner.bytes <= kMaxJoinerBytesAtOnce;
      if (!fits || !core.may_admit(endpoint, joiner, now)) continue;
      if (!identities.insert(joiner.identity.identity_key).second) continue;
      bytes += joiner.bytes;
      plan.joiners.push_back(endpoint);
      for (const mls::LeafIndex leaf : in.roster.leaves_of(joiner.identity.identity_key)) {
        add_once(plan.removed, leaf);
      }
    }
  }
  plan.removed.erase(std::remove_if(plan.removed.begin(), plan.removed.end(),
                                    [&](mls::LeafIndex leaf) { return holds(leaving, leaf); }),
                     plan.removed.end());
  // A moderator who leaves is struck off with the same commit, so that nobody waits for it.
  const RoomContext planned = plan.context.value_or(in.context);
  const RoomContext next = without_leavers(planned, in.roster, leaving);
  if (!(next == planned)) plan.context = next;
  return plan;
}

mls::CommitOptions options_of(const SessionCore& core, const CommitPlan& plan, Time now) {
  mls::CommitOptions options;
  options.psks = &core.psk;
  options.now = core.unix_seconds(now);  // RFC 9420 section 7.3: of what I send
  for (const mls::LeafIndex leaf : plan.removed) options.proposals.push_back({mls::Remove{leaf}});
  for (const Endpoint& endpoint : plan.joiners) {
    options.proposals.push_back({mls::Add{core.queue.waiting().at(endpoint).key_package}});
  }
  if (!plan.joiners.empty()) {
    mls::PreSharedKey psk;
    psk.psk.psk_id = core.psk.id();
    options.proposals.push_back({psk});
  }
  if (plan.context) {
    mls::GroupContextExtensions change{core.in->group.context().extensions};
    mls::set_extension(change.extensions, mls::make_extension(*plan.context));
    options.proposals.push_back({std::move(change)});
  }
  return options;
}

// My commit, valid by the RFC and by the room's rules, or nothing: then there is none pending.
std::optional<mls::CommitMessages> make_commit(SessionCore& core, const CommitPlan& plan,
                                               Time now) {
  mls::Group& group = core.in->group;
  auto made = group.commit(options_of(core, plan, now), core.random);
  if (!made) return std::nullopt;
  const Secret<32> mac_key = core.keys.key_package_mac_key();
  const RoomView room{core.in->context, core.in->roster, mac_key};
  if (judge_commit(CommitFacts::of(*group.pending_commit()), room, core.config.policy)) {
    group.discard_pending_commit();
    return std::nullopt;
  }
  return *std::move(made);
}

// Whatever spoils it goes. A KeyPackage should not, by what is looked at before it waits; should
// one all the same, each look takes half as many, so that it costs a handful of trials and not one
// for each who waits beside it.
void weed_out(SessionCore& core, const CommitPlan& plan) {
  core.commits_outdated = true;
  if (plan.joiners.size() > 1) {
    core.joiners_at_once = plan.joiners.size() / 2;
  } else if (!plan.joiners.empty()) {
    core.wishes.admitted.erase(plan.joiners.front());
    core.queue.erase(plan.joiners.front());
  } else if (plan.context || core.wishes.update) {
    core.drop_wishes(SessionError::kCommitFailed);
  }
}

void commit(SessionCore& core, const CommitPlan& plan, Time now) {
  auto made = make_commit(core, plan, now);
  if (!made) {
    weed_out(core, plan);
    return;
  }
  core.joiners_at_once = kMaxJoinersAtOnce;
  CommitOnItsWay& on_its_way = core.in->commit.emplace();
  on_its_way.bytes.assign(made->commit.begin(), made->commit.end());
  on_its_way.granted = std::exchange(core.wishes, {});
  if (!made->welcomes.empty()) {
    const mls::Bytes& welcome = made->welcomes.front().message;
    on_its_way.welcome.assign(welcome.begin(), welcome.end());
    on_its_way.welcomed = plan.joiners;
  }
  core.in->duty.committed(now);
  core.messages.push_back({MessageKind::kHandshake, {}, on_its_way.bytes});
}

// All those who may commit, as far as I can tell.
Leaves candidates(const SessionCore& core, const Leaves& removed) {
  const Leaves leaving = leavers(*core.in);
  Leaves leaves;
  for (const auto& [leaf, member] : core.in->roster.members()) {
    if (!holds(leaving, leaf) && !holds(removed, leaf)) leaves.push_back(leaf);
  }
  return leaves;
}

}  // namespace

// Of one that the service says has gone. Who sends media is heard every two seconds.
Time SessionCore::gone_at(mls::LeafIndex leaf, const Trace& trace) const {
  const Presence* presence = in->presence.presence(leaf);
  const bool publishes = presence != nullptr && presence->marks.publishes;
  return trace.absent.value_or(trace.heard) + (publishes ? kPublisherAbsentAfter : kAbsentAfter);
}

// Silent for too long; earlier where the service also says that they have gone. Who hears nobody of
// several is cut off itself, and leaves them in peace. In a locked room they could not come back:
// what the service says counts for nothing there, nor does the silence of the only other one.
Leaves SessionCore::to_be_removed(Time now) const {
  Leaves leaves;
  if (in->listening_since + kListenFirst > now) return leaves;
  const bool locked = in->context.join_policy == JoinPolicy::kLocked;
  const bool several = in->group.member_count() > 2;
  const bool cut_off = in->heard_last + kListenFirst <= now;
  if (several ? !cut_off : !locked) leaves = in->presence.silent(now);
  if (locked) return leaves;
  for (const auto& [leaf, trace] : in->traces) {
    if (trace.absent && gone_at(leaf, trace) <= now) add_once(leaves, leaf);
  }
  return leaves;
}

// A member's identity that wants in anew: its former leaf goes in the same commit. Not while that
// one is heard, so that nobody is thrown out by an old KeyPackage of its own.
bool SessionCore::may_admit(const Endpoint& endpoint, const Joiner& joiner, Time now) const {
  const bool banned = in->context.bans(joiner.identity.identity_key);
  if (banned && config.policy.has(Rule::kBanned)) return false;
  const Leaves former = in->roster.leaves_of(joiner.identity.identity_key);
  if (holds(former, in->group.own_leaf())) return false;
  if (!former.empty()) {
    // It was put out while nobody else was heard, and is not wanted any more: from there its member
    // has spoken since. Nobody is told that it was taken back.
    const bool spoke_since = std::any_of(former.begin(), former.end(), [&](mls::LeafIndex leaf) {
      const auto trace = in->traces.find(leaf);
      return trace != in->traces.end() && trace->second.endpoint == endpoint &&
             trace->second.heard > joiner.renewed;
    });
    if (spoke_since) return false;
    const bool silent = std::all_of(former.begin(), former.end(), [&](mls::LeafIndex leaf) {
      const auto trace = in->traces.find(leaf);
      return trace == in->traces.end() || trace->second.absent ||
             trace->second.heard + kFormerLeafSilent <= now;
    });
    return silent || joiner.since + kRejoinWaits <= now;
  }
  // One who was removed, not struck off: it has only to come back.
  if (in->context.lists_moderator(joiner.identity.identity_key)) return true;
  if (in->context.join_policy == JoinPolicy::kOpen) return true;
  const auto yes = wishes.admitted.find(endpoint);
  return in->context.join_policy == JoinPolicy::kKnock && yes != wishes.admitted.end() &&
         yes->second.is_same_person(joiner.identity);
}

void SessionCore::tend_commits(Time now) {
  const bool leaving = state == SessionState::kLeaving && still_changes_the_room();
  if (state != SessionState::kIn && state != SessionState::kRestoring && !leaving) return;
  if (in->commit) {
    if (in->duty.must_resend(now)) {
      in->duty.resent(now);
      messages.push_back({MessageKind::kHandshake, {}, in->commit->bytes});
    }
    return;
  }
  // In a room of hundreds, looking at all of them for each message would be most of the work.
  const auto due = in->duty.next_due();
  look_at = std::nullopt;
  if (!commits_outdated && !wishes.at_once() && looked + kQueueLook > now &&
      !(due && *due <= now)) {
    look_at = looked + kQueueLook;
    return;
  }
  commits_outdated = false;
  looked = now;
  // Used once, within its lifetime: the only look at a clock that there is. And under no key of
  // somebody's who is here.
  std::vector<Endpoint> unusable;
  for (const auto& [endpoint, joiner] : queue.waiting()) {
    if (!used.check(joiner.reference, joiner.key_package.leaf_node.lifetime, joiner.identity.expiry,
                    unix_seconds(now)) ||
        in->group.holds_key_of(joiner.key_package.leaf_node)) {
      unusable.push_back(endpoint);
    }
  }
  for (const Endpoint& endpoint : unusable) queue.erase(endpoint);

  const CommitPlan plan = plan_of(*this, now);
  const Leaves able = candidates(*this, plan.removed);
  in->duty.set_candidates(able, able);
  in->duty.set_joins(!plan.joiners.empty(), now);
  in->duty.set_leaves(!plan.removed.empty() || !in->group.stored_proposals().empty(), now);
  const bool alone_here = in->group.member_count() == 1 && !wishes.update;
  const bool comparing = in->code.in_progress(now) && config.policy.has(Rule::kCodeHoldsUpdates);
  in->duty.hold_updates(comparing || alone_here);
  in->duty.wish_update(wishes.update);
  const bool restoring = state == SessionState::kRestoring;
  if (restoring && !wishes.update) return;
  // An Update that is asked for goes with what has to be committed in any case.
  const bool with_others =
      wishes.update && (restoring || !plan.empty() || !config.policy.has(Rule::kUpdatesSpaced));
  if (wishes.at_once() || with_others || in->duty.must_commit(now)) commit(*this, plan, now);
}

// Mine is the first valid one: it counts, and those whom it lets in are told.
void SessionCore::commit_won(Time now) {
  const mls::StagedCommit* pending = in->group.pending_commit();
  if (pending == nullptr || !in->commit) return;
  const std::vector<mls::CommittedProposal> proposals = pending->proposals();
  const bool with_path = pending->has_path();
  CommitOnItsWay won = *std::move(in->commit);
  in->commit.reset();
  auto effects = in->group.merge_pending_commit();
  if (!effects) return;
  if (with_path) restored_by_own_update();
  begin_epoch(*effects, proposals, with_path, now);
  if (!won.welcome.empty()) {
    messages.push_back({MessageKind::kWelcome, std::move(won.welcomed), std::move(won.welcome)});
  }
}

}  // namespace sotto::room
