#include "mls/group/proposal_validation.h"

#include <algorithm>

#include "base/sort.h"
#include "mls/group/key_package_validation.h"

namespace sotto::mls {
namespace {

// Of the group as it is, without its extensions' demands.
LeafRules basic_rules(const Epoch& epoch, const ProposalScrutiny& scrutiny) {
  LeafRules rules;
  rules.group_id = epoch.context.group_id;
  rules.cipher_suite = epoch.context.cipher_suite;
  rules.now = scrutiny.now;
  if (scrutiny.now) rules.longest_lifetime = scrutiny.max_lifetime;
  return rules;
}

// Section 12.1.1.
Result<void> validate_add(const Epoch& epoch, const Add& add, const Sender& sender,
                          const ProposalScrutiny& scrutiny) {
  const KeyPackage& key_package = *add.key_package;
  TRY_VOID(validate_key_package(key_package, basic_rules(epoch, scrutiny)));
  if (!scrutiny.policy.accepts(key_package.leaf_node)) return fail(Error::kUnauthenticated);
  // Section 12.1.8: "external proposals that are not authorized are considered invalid".
  if (sender.sender_type == SenderType::kNewMemberProposal &&
      !scrutiny.policy.accepts_new_member_proposal(key_package)) {
    return fail(Error::kUnauthenticated);
  }
  return {};
}

// Section 12.1.2.
Result<void> validate_update(const Epoch& epoch, const Update& update, const Sender& sender,
                             const ProposalScrutiny& scrutiny) {
  if (sender.sender_type != SenderType::kMember) return fail(Error::kMalformed);
  const LeafPointer& before = epoch.tree.leaf(sender.leaf_index);
  if (before == nullptr) return fail(Error::kMalformed);
  TRY_VOID(validate_leaf(*update.leaf_node, LeafNodeSource::kUpdate, sender.leaf_index,
                         basic_rules(epoch, scrutiny)));
  return validate_successor(*before, *update.leaf_node, scrutiny.policy);
}

// Section 12.1.4.
Result<void> validate_psk(const PreSharedKey& proposal, const ProposalScrutiny& scrutiny) {
  const PreSharedKeyId& psk = proposal.psk;
  if (psk.psk_nonce.size() != kNh) return fail(Error::kMalformed);
  if (psk.psktype != PskType::kResumption) return {};
  if (psk.usage == ResumptionPskUsage::kApplication) return {};
  if (scrutiny.successor_psk != nullptr && psk == *scrutiny.successor_psk) return {};
  return fail(Error::kMalformed);
}

}  // namespace

Result<void> validate_successor(const LeafNode& before, const LeafNode& after,
                                const CredentialPolicy& policy) {
  if (before.encryption_key == after.encryption_key) return fail(Error::kMalformed);
  bool same = before.credential == after.credential && before.signature_key == after.signature_key;
  if (!same && !policy.accepts_successor(before, after)) return fail(Error::kUnauthenticated);
  return {};
}

Result<void> validate_group_extensions(const Extensions& extensions, const Extensions* before,
                                       const CredentialPolicy& policy) {
  std::vector<ExtensionType> types;
  for (const Extension& extension : extensions) types.push_back(extension.extension_type);
  sort(types);
  if (std::adjacent_find(types.begin(), types.end()) != types.end()) {
    return fail(Error::kMalformed);  // "MUST NOT have more than one extension of any given type"
  }
  TRY_VOID(get_extension<RequiredCapabilities>(extensions));
  TRY(auto&& senders, get_extension<ExternalSenders>(extensions));
  if (!senders) return {};
  // Section 5.3.1: "When an external_senders extension is added" or "updated".
  const Extension* old =
      before != nullptr ? find_extension(*before, ExtensionType::kExternalSenders) : nullptr;
  if (old != nullptr && *old == *find_extension(extensions, ExtensionType::kExternalSenders)) {
    return {};
  }
  for (const ExternalSender& sender : senders->external_senders) {
    if (!policy.accepts(sender)) return fail(Error::kUnauthenticated);
  }
  return {};
}

Result<void> validate_proposal(const Epoch& epoch, const Proposal& proposal, const Sender& sender,
                               const ProposalScrutiny& scrutiny) {
  if (auto* add = proposal.as<Add>()) return validate_add(epoch, *add, sender, scrutiny);
  if (auto* update = proposal.as<Update>())
    return validate_update(epoch, *update, sender, scrutiny);
  if (auto* remove = proposal.as<Remove>()) {
    // Section 12.1.3.
    if (epoch.tree.leaf(remove->removed) == nullptr) return fail(Error::kMalformed);
    return {};
  }
  if (auto* psk = proposal.as<PreSharedKey>()) return validate_psk(*psk, scrutiny);
  if (auto* reinit = proposal.as<ReInit>()) {
    // Section 12.1.5.
    if (reinit->version < epoch.context.version) return fail(Error::kMalformed);
    return {};
  }
  if (auto* extensions = proposal.as<GroupContextExtensions>()) {
    return validate_group_extensions(extensions->extensions, &epoch.context.extensions,
                                     scrutiny.policy);
  }
  return fail(Error::kMalformed);  // ExternalInit: section 12.1.6
}

}  // namespace sotto::mls
