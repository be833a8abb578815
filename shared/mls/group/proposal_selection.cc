#include "mls/group/proposal_selection.h"

#include <algorithm>
#include <span>

#include "mls/group/psk_lookup.h"

namespace sotto::mls {
namespace {

using StoredPointer = const StoredProposal*;

constexpr int kRanks = 4;
constexpr int kUpdateRank = 1;

// The lower, the earlier it is taken.
int rank(const StoredProposal& stored) {
  switch (stored.proposal->proposal_type()) {
    case ProposalType::kRemove:
      return 0;
    case ProposalType::kUpdate:
      return kUpdateRank;
    case ProposalType::kReInit:
      return 3;
    default:
      return 2;
  }
}

// What cannot be in a commit of mine in any case.
bool is_out_of_question(const StoredProposal& stored, LeafIndex own_leaf) {
  if (auto* remove = stored.proposal->as<Remove>()) return remove->removed == own_leaf;
  return stored.proposal->as<Update>() != nullptr && stored.sender.leaf_index == own_leaf;
}

// In the order of their ranks: later Updates before earlier ones, everything else as it came.
std::vector<StoredPointer> candidates_of(const GroupState& state) {
  std::vector<StoredPointer> candidates;
  for (int taken = 0; taken < kRanks; ++taken) {
    const auto first = static_cast<std::ptrdiff_t>(candidates.size());
    for (const auto& stored : state.proposals) {
      if (is_out_of_question(*stored, state.epoch.own_leaf())) continue;
      if (rank(*stored) == taken) candidates.push_back(stored.get());
    }
    if (taken == kUpdateRank) std::reverse(candidates.begin() + first, candidates.end());
  }
  return candidates;
}

CommittedProposal by_reference(const StoredProposal& stored) {
  return {stored.sender, stored.reference, stored.proposal, stored.authenticated_data};
}

struct Attempt {
  const GroupState& state;
  const CommitOptions& options;
  Committer committer;
  std::optional<PreSharedKeyId> successor_psk;

  Result<Selection> operator()(std::vector<CommittedProposal> proposals) const {
    ProposalScrutiny scrutiny{state.policy(), options.now, state.options.max_lifetime,
                              successor_psk ? &*successor_psk : nullptr};
    TRY_VOID(validate_proposal_list(state.epoch, proposals, committer, scrutiny));
    TRY(Provisional && provisional, apply_proposals(state.epoch, proposals, scrutiny));
    TRY_VOID(validate_provisional(provisional, state.epoch.own_leaf()));
    TRY(Secret<kNh> && psk_secret,
        look_up_psks(provisional.effects.psks, options.psks, &state, nullptr));
    return Selection{std::move(proposals), std::move(provisional), std::move(psk_secret)};
  }
};

// A proof that I am a member of the group that this one comes from (sections 11.2 and 11.3).
std::optional<PreSharedKeyId> successor_psk_of(const GroupState& state, RandomSource& random) {
  if (state.origin == nullptr) return {};
  PreSharedKeyId id;
  id.psktype = PskType::kResumption;
  id.usage = state.origin->usage;
  id.psk_group_id = state.origin->group_id;
  id.psk_epoch = state.origin->epoch;
  id.psk_nonce.resize(kNh);
  random.fill(id.psk_nonce);
  return id;
}

std::vector<CommittedProposal> by_value(CommitOptions& options, const Committer& committer,
                                        const std::optional<PreSharedKeyId>& successor_psk,
                                        RandomSource& random) {
  std::vector<CommittedProposal> proposals;
  auto add = [&](Proposal proposal) {
    proposals.push_back(
        {committer.sender, {}, std::make_shared<const Proposal>(std::move(proposal)), {}});
  };
  for (Proposal& proposal : options.proposals) {
    auto* psk = std::get_if<PreSharedKey>(&proposal.body);
    if (psk != nullptr && psk->psk.psk_nonce.empty()) {
      psk->psk.psk_nonce.resize(kNh);
      random.fill(psk->psk.psk_nonce);
    }
    add(std::move(proposal));
  }
  options.proposals.clear();
  if (successor_psk) add({PreSharedKey{*successor_psk}});
  return proposals;
}

// All of `more` at once, or else each half for itself: a bad one among many good ones costs a few
// attempts and not one for each of them.
void add_what_goes(const Attempt& attempt, std::span<const StoredPointer> more, Selection& best) {
  std::vector<CommittedProposal> together = best.proposals;
  for (StoredPointer stored : more) together.push_back(by_reference(*stored));
  if (auto selection = attempt(std::move(together))) {
    best = *std::move(selection);
  } else if (more.size() > 1) {
    add_what_goes(attempt, more.first(more.size() / 2), best);
    add_what_goes(attempt, more.subspan(more.size() / 2), best);
  }
}

}  // namespace

Result<Selection> select_proposals(const GroupState& state, CommitOptions& options,
                                   RandomSource& random) {
  Committer committer{{SenderType::kMember, state.epoch.own_leaf(), 0}};
  Attempt attempt{state, options, committer, successor_psk_of(state, random)};
  std::vector<CommittedProposal> values =
      by_value(options, committer, attempt.successor_psk, random);
  if (!options.stored_proposals || state.proposals.empty()) return attempt(std::move(values));

  std::vector<StoredPointer> candidates = candidates_of(state);
  std::vector<CommittedProposal> all = values;
  for (StoredPointer stored : candidates) all.push_back(by_reference(*stored));
  if (auto selection = attempt(std::move(all))) return selection;

  // Not all of them together: in their order, whatever still goes with those before.
  TRY(Selection && best, attempt(values));
  add_what_goes(attempt, candidates, best);
  return best;
}

}  // namespace sotto::mls
