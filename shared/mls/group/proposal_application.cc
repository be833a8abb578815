#include "mls/group/proposal_application.h"

#include <algorithm>

#include "mls/group/capabilities.h"
#include "mls/tree/tree_validation.h"

namespace sotto::mls {
namespace {

// What the list does to the members, sorted out.
struct Sorted {
  MembershipChanges changes;
  std::vector<std::size_t> add_places;
};

// The leaf inside a KeyPackage, kept alive with it.
LeafPointer leaf_of_key_package(const Add& add) {
  return LeafPointer(add.key_package.pointer(), &add.key_package->leaf_node);
}

Sorted sort_out(const std::vector<CommittedProposal>& proposals) {
  Sorted sorted;
  for (std::size_t i = 0; i < proposals.size(); ++i) {
    const Proposal& proposal = *proposals[i].proposal;
    if (auto* add = proposal.as<Add>()) {
      sorted.changes.adds.push_back(leaf_of_key_package(*add));
      sorted.add_places.push_back(i);
    } else if (auto* update = proposal.as<Update>()) {
      sorted.changes.updates.emplace_back(proposals[i].sender.leaf_index,
                                          update->leaf_node.pointer());
    } else if (auto* remove = proposal.as<Remove>()) {
      sorted.changes.removes.push_back(remove->removed);
    }
  }
  return sorted;
}

void note_members(const RatchetTree& before, const Sorted& sorted, Provisional& provisional) {
  CommitEffects& effects = provisional.effects;
  for (const auto& [leaf, leaf_node] : sorted.changes.updates) {
    effects.updated.push_back({leaf, before.leaf(leaf), leaf_node});
    provisional.changed.push_back(leaf);
  }
  for (LeafIndex leaf : sorted.changes.removes) {
    effects.removed.push_back({leaf, before.leaf(leaf)});
  }
  for (std::size_t i = 0; i < provisional.added.size(); ++i) {
    LeafIndex leaf = provisional.added[i];
    effects.added.push_back({leaf, sorted.add_places[i], sorted.changes.adds[i]});
    provisional.changed.push_back(leaf);
  }
}

// Everybody, in the tree to be, supports what the new extensions ask for (sections 12.1.7
// and 13.4).
Result<void> check_support(const RatchetTree& tree, const LeafRules& rules) {
  for (ExtensionType type : rules.group_extensions) {
    if (!tree.all_support(type)) return fail(Error::kMalformed);
  }
  const RequiredCapabilities& required = rules.required_capabilities;
  for (ExtensionType type : required.extension_types) {
    if (!tree.all_support(type)) return fail(Error::kMalformed);
  }
  for (ProposalType type : required.proposal_types) {
    if (!tree.all_support(type)) return fail(Error::kMalformed);
  }
  for (CredentialType type : required.credential_types) {
    if (!tree.all_support(type)) return fail(Error::kMalformed);
  }
  return {};
}

template <typename T>
[[gnu::noinline]] bool lists(const std::vector<T>& values, T value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

Result<Provisional> apply_proposals(const Epoch& epoch,
                                    const std::vector<CommittedProposal>& proposals,
                                    const ProposalScrutiny& scrutiny) {
  Provisional provisional{epoch.context, {}, epoch.tree, {}, {}, {}};
  GroupContext& context = provisional.context;
  if (context.epoch == UINT64_MAX) return fail(Error::kExhausted);
  ++context.epoch;
  for (const CommittedProposal& entry : proposals) {
    if (auto* extensions = entry.proposal->as<GroupContextExtensions>()) {
      context.extensions = Extensions(extensions->extensions);
      provisional.effects.extensions_changed = true;
    } else if (auto* psk = entry.proposal->as<PreSharedKey>()) {
      provisional.effects.psks.push_back(psk->psk);
    } else if (auto* reinit = entry.proposal->as<ReInit>()) {
      provisional.effects.reinit = ReInit(*reinit);
    }
  }
  TRY(provisional.rules, LeafRules::of(context));
  provisional.rules.now = scrutiny.now;
  if (scrutiny.now) provisional.rules.longest_lifetime = scrutiny.max_lifetime;

  Sorted sorted = sort_out(proposals);
  auto added = provisional.tree.apply(sorted.changes);
  if (!added) return fail(as_rule(added.error()));
  provisional.added = *std::move(added);
  note_members(epoch.tree, sorted, provisional);
  for (const RemovedMember& removed : provisional.effects.removed) {
    if (removed.leaf == epoch.own_leaf()) provisional.effects.self_removed = true;
  }
  return provisional;
}

Result<void> validate_provisional(const Provisional& provisional, LeafIndex own_leaf) {
  const RatchetTree& tree = provisional.tree;
  TRY_VOID(validate_changes(tree, provisional.changed, provisional.rules));
  if (!provisional.effects.extensions_changed) return {};
  TRY_VOID(check_support(tree, provisional.rules));
  const LeafPointer& own = tree.leaf(own_leaf);
  if (own == nullptr || provisional.effects.self_removed) return {};
  return check_own_support(*own, provisional.rules);
}

Result<void> check_own_support(const LeafNode& own_leaf_node, const LeafRules& rules) {
  Capabilities own = without_grease(own_leaf_node.capabilities);
  const RequiredCapabilities& required = rules.required_capabilities;
  for (ExtensionType type : rules.group_extensions) {
    if (!lists(own.extensions, type)) return fail(Error::kUnsupported);
  }
  for (ExtensionType type : required.extension_types) {
    if (!is_default(type) && !lists(own.extensions, type)) return fail(Error::kUnsupported);
  }
  for (ProposalType type : required.proposal_types) {
    if (!is_default(type) && !lists(own.proposals, type)) return fail(Error::kUnsupported);
  }
  for (CredentialType type : required.credential_types) {
    if (!lists(own.credentials, type)) return fail(Error::kUnsupported);
  }
  return {};
}

Error as_rule(Error error) {
  switch (error) {
    case Error::kNotFound:
    case Error::kInvalidArgument:
    case Error::kAlreadyExists:
      return Error::kMalformed;
    default:
      return error;
  }
}

}  // namespace sotto::mls
