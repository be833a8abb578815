// What framing needs to know of the epoch in which a message is sent.
#pragma once

#include <functional>

#include "crypto/secret.h"
#include "mls/keys/suite.h"
#include "mls/wire/group_context.h"
#include "mls/wire/leaf_node.h"

namespace sotto::mls {

// The member's leaf, or null: blank, or outside the tree.
using LeafLookup = std::function<const LeafNode*(LeafIndex)>;

// Views: for the length of a call.
struct EpochKeys {
  Suite suite;
  const GroupContext& context;
  const Secret<kNh>& membership_key;
  const Secret<kNh>& sender_data_secret;
  LeafLookup leaf;
};

}  // namespace sotto::mls
