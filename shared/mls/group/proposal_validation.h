// Whether one proposal is valid for itself (RFC 9420 section 12.1), whatever stands beside it.
#pragma once

#include "base/result.h"
#include "mls/group/credential_policy.h"
#include "mls/group/epoch.h"
#include "mls/group/group_options.h"
#include "mls/wire/framed_content.h"

namespace sotto::mls {

struct ProposalScrutiny {
  const CredentialPolicy& policy;
  std::optional<UnixTime> now;
  std::uint64_t max_lifetime;
  // The one PSK with usage reinit or branch that is in order: of a successor's first commit.
  const PreSharedKeyId* successor_psk = nullptr;
};

// Signatures included. Rules that depend on the GroupContext's extensions are left to the commit,
// which may change them (section 12.3). ExternalInit is valid in an external commit only.
Result<void> validate_proposal(const Epoch& epoch, const Proposal& proposal, const Sender& sender,
                               const ProposalScrutiny& scrutiny);

// A leaf that takes another one's place, by Update, path or return (sections 5.3.1 and 7.3): its
// key is a fresh one, and if its credential is new, the application accepts it.
Result<void> validate_successor(const LeafNode& before, const LeafNode& after,
                                const CredentialPolicy& policy);

// Section 13.4: what a GroupContext's extensions have to be by themselves.
Result<void> validate_group_extensions(const Extensions& extensions, const Extensions* before,
                                       const CredentialPolicy& policy);

}  // namespace sotto::mls
