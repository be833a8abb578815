// The Welcomes of a commit (RFC 9420 sections 12.4.1 and 12.4.3.1).
#pragma once

#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "mls/group/epoch.h"
#include "mls/group/group.h"
#include "mls/tree/treekem.h"

namespace sotto::mls {

struct Newcomer {
  LeafIndex leaf;
  const KeyPackage* key_package;
};

struct WelcomeContents {
  const Epoch& epoch;  // the new one
  const Secret<kNh>& joiner_secret;
  const Secret<kNh>& psk_secret;
  const std::vector<PreSharedKeyId>& psks;  // in the order of their proposals
  const DraftPath* path;                    // null for a commit without
  const std::vector<Newcomer>& newcomers;
};

// One for all newcomers or one for each; none without newcomers. kMalformed for an init_key that is
// no key.
Result<std::vector<WelcomeMessage>> make_welcomes(const WelcomeContents& contents,
                                                  const GroupInfoOptions& options, bool each,
                                                  RandomSource& random);

}  // namespace sotto::mls
