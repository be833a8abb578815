#include <algorithm>

#include "mls/group/key_package_generation.h"
#include "room/moderators.h"
#include "room/session_core.h"
#include "room/session_timing.h"

namespace sotto::room {
namespace {

bool identity_added(const mls::CommitEffects& effects, const IdentityKey& key) {
  return std::any_of(effects.added.begin(), effects.added.end(), [&](const auto& added) {
    const auto identity = identity_of(*added.leaf_node);
    return identity && identity->identity_key == key;
  });
}

// Who asked for the leaf's removal.
mls::LeafIndex remover_of(const std::vector<mls::CommittedProposal>& proposals,
                          mls::LeafIndex leaf) {
  for (const mls::CommittedProposal& proposal : proposals) {
    const auto* remove = proposal.proposal->as<mls::Remove>();
    if (remove != nullptr && remove->removed == leaf) return proposal.sender.leaf_index;
  }
  return leaf;
}

std::optional<mls::LeafIndex> changer_of(const std::vector<mls::CommittedProposal>& proposals) {
  for (const mls::CommittedProposal& proposal : proposals) {
    if (proposal.proposal->as<mls::GroupContextExtensions>() != nullptr) {
      return proposal.sender.leaf_index;
    }
  }
  return std::nullopt;
}

GoneReason reason_of(const mls::CommitEffects& effects, mls::LeafIndex leaf, mls::LeafIndex by,
                     const IdentityKey& identity, bool new_link) {
  if (by == leaf) return GoneReason::kLeft;
  if (identity_added(effects, identity)) return GoneReason::kRejoined;
  return new_link ? GoneReason::kKicked : GoneReason::kRemoved;
}

// The KeyPackages that a commit has used, whoever committed.
void note_used(SessionCore& core, const std::vector<mls::CommittedProposal>& proposals, Time now) {
  for (const mls::CommittedProposal& proposal : proposals) {
    const auto* add = proposal.proposal->as<mls::Add>();
    if (add == nullptr) continue;
    const mls::Bytes reference = mls::key_package_reference(*add->key_package);
    core.used.use(reference, add->key_package->leaf_node.lifetime, core.unix_seconds(now));
    core.queue.erase_reference(reference);
  }
}

// The secret of the link after a kick comes from the group, so the kicked cannot know it (security
// profile, section 3).
void take_new_link(SessionCore& core, std::uint32_t gen) {
  RoomLink link;
  link.gen = gen;
  link.issuer_key_hash = core.config.link.issuer_key_hash;
  const auto context = link_exporter_context(core.config.room_id, gen);
  if (!core.in->group.exporter(kLinkExporterLabel, context, link.secret.writable())) return;
  auto keys = link_keys(link, core.config.room_id);
  if (!keys) return;
  core.keys = *std::move(keys);
  core.psk = LinkPsk(core.config.room_id, gen, core.keys.psk());
  core.queue.set_link(core.keys);
  core.own_key_packages.clear();
  core.wishes.admitted.clear();
  core.requests_shown.clear();
  core.config.link = std::move(link);
  core.tell(LinkChanged{gen, format_link(core.config.link)});
}

void tell_gone(SessionCore& core, const mls::CommitEffects& effects,
               const std::vector<mls::CommittedProposal>& proposals, bool new_link) {
  for (const mls::RemovedMember& removed : effects.removed) {
    const RosterMember* member = core.in->roster.find(removed.leaf);
    if (member == nullptr) continue;
    const mls::LeafIndex by = remover_of(proposals, removed.leaf);
    core.tell(MemberGone{
        removed.leaf, member->identity.name,
        reason_of(effects, removed.leaf, by, member->identity.identity_key, new_link), by});
  }
}

// Where its KeyPackage came from, as the service says.
std::optional<Endpoint> endpoint_of(const JoinQueue& queue, const mls::LeafNode& leaf_node) {
  for (const auto& [endpoint, joiner] : queue.waiting()) {
    if (joiner.key_package.leaf_node.signature_key == leaf_node.signature_key) return endpoint;
  }
  return std::nullopt;
}

// The link has ended: of those to be kicked, who has gone is done with.
void forget_kicked(SessionCore& core) {
  auto& kicks = core.wishes.kicks;
  for (auto it = kicks.begin(); it != kicks.end();) {
    it = core.in->roster.leaves_of(*it).empty() ? kicks.erase(it) : std::next(it);
  }
}

void follow_members(SessionCore& core, const mls::CommitEffects& effects, Time now) {
  Membership& in = *core.in;
  for (const mls::RemovedMember& removed : effects.removed) {
    in.presence.remove(removed.leaf);
    in.chat.remove(removed.leaf);
    in.traces.erase(removed.leaf);
    core.shown.erase(removed.leaf);
    core.standings.erase(removed.leaf);
    core.chat_gaps.erase(removed.leaf);
  }
  for (const mls::AddedMember& added : effects.added) {
    in.presence.add(added.leaf, now);
    in.chat.add(added.leaf);
    in.traces[added.leaf] = Trace{endpoint_of(core.queue, *added.leaf_node), now, std::nullopt};
  }
  if (!effects.added.empty()) in.schedule.members_added(now);
}

void limit_past_epochs(Membership& in, bool removed, Time now) {
  for (const std::uint64_t epoch : in.group.past_epochs()) {
    const Duration keep = removed ? kKeepPastEpochAfterRemove : kKeepPastEpoch;
    const auto [found, fresh] = in.past.emplace(epoch, now + keep);
    if (!fresh) found->second = std::min(found->second, now + keep);
  }
}

}  // namespace

void SessionCore::begin_epoch(const mls::CommitEffects& effects,
                              const std::vector<mls::CommittedProposal>& proposals, bool with_path,
                              Time now) {
  const std::uint64_t epoch = in->group.epoch();
  if (in->commit) wishes.take_back(std::move(in->commit->granted));
  in->commit.reset();
  auto context = room_context_of(in->group.context().extensions);
  if (context) in->context = *std::move(context);  // what was judged valid has one
  if (effects.extensions_changed) in->changed_by = changer_of(proposals);
  const bool new_link = in->context.gen != config.link.gen;
  tell_gone(*this, effects, proposals, new_link);
  if (!in->roster.apply(effects, epoch)) return;
  follow_members(*this, effects, now);
  note_used(*this, proposals, now);
  limit_past_epochs(*in, !effects.removed.empty(), now);
  if (new_link) {
    take_new_link(*this, in->context.gen);
    forget_kicked(*this);
  }
  in->own_removal.clear();
  in->epoch_since = now;
  in->heard_in_epoch.reset();
  in->order.begin_epoch(epoch);
  in->duty.begin_epoch(epoch, with_path, now);
  if (in->group.member_count() == 1) {
    in->heard_anybody = false;
    if (!key_package_stands) key_package_at = now;
  }
  std::vector<mls::LeafIndex> removed;
  for (const mls::RemovedMember& member : effects.removed) removed.push_back(member.leaf);
  announce_epoch(!effects.added.empty(), std::move(removed));
  std::vector<mls::LeafIndex> stayed;
  for (const auto& [leaf, member] : in->roster.members()) {
    if (member.since_epoch < epoch) stayed.push_back(leaf);
  }
  in->code.begin_epoch(stayed, in->group.epoch_authenticator(), random, now);
  drop_code_messages();
  resend_chat();
  send_code_messages();
  views_outdated = commits_outdated = true;
}

void SessionCore::announce_epoch(bool members_added, std::vector<mls::LeafIndex> removed) {
  if (state == SessionState::kRestoring) return;
  EpochBegun begun;
  begun.secrets.epoch = in->group.epoch();
  begun.secrets.leaf_width = in->group.leaf_width();
  begun.secrets.base_key.resize(32);
  if (!in->group.exporter(kBaseKeyLabel, {}, begun.secrets.base_key)) return;
  for (const auto& [leaf, member] : in->roster.members()) begun.secrets.members.push_back(leaf);
  begun.own_leaf = in->group.own_leaf();
  begun.suite = in->context.sframe_suite;
  begun.media_encrypted = in->context.media_encrypted;
  begun.members_added = members_added;
  begun.removed = std::move(removed);
  frame_operations.push_back(std::move(begun));
}

// Kicked, replaced by myself elsewhere, or taken for gone; only then I come back by myself.
void SessionCore::removed_me(const std::vector<mls::CommittedProposal>& proposals,
                             const mls::CommitEffects& effects,
                             const mls::Extensions& extensions_after, Time now) {
  if (leaving_since) return over(EndReason::kLeft);
  const auto context = room_context_of(extensions_after);
  if (!context || context->gen != config.link.gen) return over(EndReason::kKicked);
  in->removed = true;
  bool by_my_key_package = false;
  bool elsewhere = false, made_here = false;
  const std::uint64_t begun = key_package_lifetime(unix_at_start).not_before;
  for (const mls::CommittedProposal& proposal : proposals) {
    const auto* add = proposal.proposal->as<mls::Add>();
    if (add == nullptr) continue;
    const mls::LeafNode& leaf_node = add->key_package->leaf_node;
    const auto identity = identity_of(leaf_node);
    if (!identity || identity->identity_key != config.identity->public_key()) continue;
    const mls::Bytes reference = mls::key_package_reference(*add->key_package);
    by_my_key_package |= own_key_packages.has(reference);
    // An old one of mine, or of the page before it was loaded again: any member may have kept it,
    // and nobody has its keys any more.
    made_here |= own_key_packages.made(reference);
    elsewhere |= leaf_node.lifetime.not_before >= begun;
  }
  if (elsewhere && !made_here) return over(EndReason::kReplaced);
  if (!by_my_key_package) return rejoin(now);
  await_return(now);
  key_package_at = now + kWelcomeRetry;
}

}  // namespace sotto::room
