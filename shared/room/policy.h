// The rules of the security profile that something can be refused by. All of them hold, always: a
// Policy without one can be built by tests alone (tests/support/policy_for_test.h), which show that
// the attack that the rule answers succeeds without it.
#pragma once

#include <cstdint>

namespace sotto::room {

// The number in brackets is the section of the security profile.
enum class Rule : std::uint8_t {
  kPskForAdds,           // (2) a commit with Adds carries the link's PSK, and no other
  kKeyPackageMac,        // (2) who made the KeyPackage holds the link
  kKeyPackageLife,       // (2) KeyPackages live ten minutes at most
  kKeyPackageOnce,       // (2) and are used once
  kJoinerPsk,            // (2) a Welcome wants the link's PSK, and no other
  kJoinerRoom,           // (2) and leads into the room that the joiner asked for
  kKnownExtensions,      // (2) a group has the extensions that the profile knows
  kNoExternalCommits,    // (2)
  kNoExternalProposals,  // (2) neither external senders nor new members propose
  kNoReInit,             // (2)
  kNewLinkAfterKick,     // (3) gen goes up by one at most, and the old one admits nobody
  kHandshakesSealed,     // (4) handshakes, which carry names, are PrivateMessages
  kIdentity,             // (4) an identity vouches for every leaf key
  kIdentityRoom,         // (4) for this room
  kIdentityExpires,      // (4) its word for a leaf key ends; who commits the Add looks
  kIdentityStays,        // (4) a leaf stays the same person's, under the same name
  kNames,                // (4) names that look like something else are refused
  kConfirmed,            // (5) no media of a leaf not heard since one's own join
  kEcho,                 // (5) who is not heard stops sending
  kCtrWindow,            // (5) CTRs are near what the sender says it sent
  kModerators,           // (6) moderators' proposals alone change the room
  kAuthorityLaidDown,    // (6) nobody stands in for moderators who did not leave by themselves
  kKnock,                // (6) under knock, moderators alone add; locked, nobody does
  kFoundsUnderKnock,     // (6) who founds beside others at work leads nobody together
  kBanned,               // (6) the banned are not added
  kPermanent,            // (6) what is encrypted for good is never switched off
  kEpochsEnd,            // (7) old epochs' keys go in time, a removed leaf's at once
  kRestoreUpdates,       // (7) who was restored sends nothing before its own Update has won
  kAttribution,          // (8) a KID is its leaf's in its epoch
  kSuite,                // (8) a room's frame suite stays; short tags are the app's own choice
  kProposalsByValue,     // (9) but a leaver's own Remove
  kFirstValidCommit,     // (9) the first valid commit of an epoch, whatever a clock says
  kLeaveOnlyAlone,       // (9) a group is left for another by who is alone in it
  kLowerGroupStays,      // (9) of two lone creators' groups
  kUpdatesSpaced,        // (9) an Update 30 s after the last path at the earliest
  kCommitThenReveal,     // (10) no nonce is shown before all are fixed
  kCodeConfirmed,        // (10) among confirmed members alone
  kCodeHoldsUpdates,     // (10) Updates wait while a code is compared
  kPins,                 // (10) a pinned name on another key is flagged
  kChatOnce,             // (12) a chat message is shown once
  kCount,
};

class Policy {
 public:
  // All rules.
  Policy() = default;

  bool has(Rule rule) const { return (without_ >> static_cast<unsigned>(rule) & 1) == 0; }

 private:
  friend struct PolicyForTest;

  std::uint64_t without_ = 0;
};

static_assert(static_cast<unsigned>(Rule::kCount) <= 64);

}  // namespace sotto::room
