// The rules for one leaf node (RFC 9420 section 7.3), apart from those that compare it with others
// (tree_validation.h).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/ed25519_many.h"
#include "mls/wire/group_context.h"
#include "mls/wire/leaf_node.h"
#include "mls/wire/typed_extensions.h"

namespace sotto::mls {

// What an application adds to the rules.
class LeafPolicy {
 public:
  virtual ~LeafPolicy() = default;

  // Whether the credential stands for somebody, and for this signature_key (section 5.3.1), if
  // `many` is found to be good as well when it is finished.
  virtual Result<void> check_credential(const LeafNode& leaf_node, Ed25519Many& many) = 0;

  // Whether this very leaf node's signature was verified before, in this group and at this place:
  // then it is not verified again.
  virtual bool signature_known(const LeafNode& leaf_node, LeafIndex leaf) {
    (void)leaf_node;
    (void)leaf;
    return false;
  }
};

// What a group asks of every leaf.
struct LeafRules {
  Bytes group_id;
  CipherSuite cipher_suite{};
  RequiredCapabilities required_capabilities;
  std::vector<ExtensionType> group_extensions;  // that are not default ones

  // Seconds since 1970. Without it, lifetimes are not compared with the clock.
  std::optional<std::uint64_t> now;
  // In seconds, of not_after - not_before; section 7.2 wants an application to have one.
  std::optional<std::uint64_t> longest_lifetime;

  LeafPolicy* policy = nullptr;  // null: every credential is good

  // kMalformed for a required_capabilities extension that is.
  static Result<LeafRules> of(const GroupContext& group_context);
};

// Everything that the leaf node itself shows, in increasing cost; no signature and no policy.
// kMalformed for keys that are none, kUnsupported for what is not in its capabilities, kExpired
// outside of its lifetime (or where that is too long).
Result<void> check_leaf_fields(const LeafNode& leaf_node, const LeafRules& rules);

// The signature as one of many, unless it is known. kUnauthenticated.
Result<void> add_leaf_signature(Ed25519Many& many, const LeafNode& leaf_node, LeafIndex leaf,
                                const LeafRules& rules);

// All of it. The source must be `source` where one is given: a key package's, an Update's or an
// UpdatePath's. `leaf` counts for update and commit only.
Result<void> validate_leaf(const LeafNode& leaf_node, std::optional<LeafNodeSource> source,
                           LeafIndex leaf, const LeafRules& rules);

bool is_default(ExtensionType type);
bool is_default(ProposalType type);

}  // namespace sotto::mls
