// Which commits and proposals a room takes, beyond what RFC 9420 asks (security profile, sections
// 2, 3, 4, 6 and 9). Every answer depends on the group's state and the message alone, so all
// members give the same one; it is given before anything changes.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "crypto/secret.h"
#include "mls/group/group.h"
#include "mls/group/staged_commit.h"
#include "room/policy.h"
#include "room/room_context.h"
#include "room/roster.h"

namespace sotto::room {

// What a commit is judged by. Views: for the length of a call.
struct CommitFacts {
  mls::LeafIndex committer;
  bool external = false;
  const std::vector<mls::CommittedProposal>& proposals;
  const mls::CommitEffects& effects;
  const mls::Extensions& extensions_after;

  static CommitFacts of(const mls::StagedCommit& commit) {
    return {commit.committer(), commit.external(), commit.proposals(), commit.effects(),
            commit.after().extensions};
  }
  // Of one that every other member may take: CommitOutcome::kPathUnopened if the rules allow it.
  static CommitFacts of(const mls::UnopenedPath& commit) {
    return {commit.committer, commit.external, commit.proposals, commit.effects,
            commit.extensions_after};
  }
};

// The room before the commit.
struct RoomView {
  const RoomContext& context;
  const Roster& roster;
  const Secret<32>& key_package_mac_key;  // of the link of context.gen
};

// The rule by which the commit must be refused, or nothing. What counts is who proposed, not who
// committed.
std::optional<Rule> judge_commit(const CommitFacts& commit, const RoomView& room,
                                 const Policy& policy = {});

// Of a handshake message as it came, before anything of it is opened.
std::optional<Rule> judge_handshake(ByteView message, const Policy& policy = {});

// The same for a proposal that waits for a commit.
std::optional<Rule> judge_proposal(const mls::Sender& sender, const mls::Proposal& proposal,
                                   const Policy& policy = {});

// GroupContext extensions that a room may have: its own, and required_capabilities.
bool has_only_known_extensions(const mls::Extensions& extensions);

}  // namespace sotto::room
