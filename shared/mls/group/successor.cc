#include "mls/group/successor.h"

#include <algorithm>

#include "mls/group/psk_lookup.h"

namespace sotto::mls {
namespace {

// Every member of `some` is one of `all`, according to the application.
bool all_are_among(const RatchetTree& some, const RatchetTree& all,
                   const CredentialPolicy& policy) {
  bool found = true;
  some.for_each_member([&](LeafIndex, const LeafPointer& one) {
    found = false;
    all.for_each_member([&](LeafIndex, const LeafPointer& other) {
      found = policy.same_member(*one, *other);
      return !found;
    });
    return found;
  });
  return found;
}

Result<void> check_reinit(const GroupContext& context, const GroupState& origin) {
  // "the last Commit to the referenced group contains a ReInit proposal and that the group_id,
  // version, cipher_suite, and group_context.extensions fields of the GroupInfo match"
  if (!origin.reinit) return fail(Error::kMalformed);
  const ReInit& reinit = *origin.reinit;
  bool match = reinit.group_id == context.group_id && reinit.version == context.version &&
               reinit.cipher_suite == context.cipher_suite &&
               reinit.extensions == context.extensions;
  if (!match) return fail(Error::kMalformed);
  return {};
}

Result<void> check_branch(const GroupContext& context, const GroupState& origin) {
  // "the version and cipher_suite of the new group match those of the old group"
  const GroupContext& old = origin.epoch.context;
  if (old.version != context.version) return fail(Error::kMalformed);
  if (old.cipher_suite != context.cipher_suite) return fail(Error::kMalformed);
  return {};
}

Result<void> check_members(const RatchetTree& tree, const RatchetTree& old,
                           ResumptionPskUsage usage, const CredentialPolicy& policy) {
  // "all the members of the old group are also members of the new group", or "the members of the
  // new group compose a subset of the members of the old group"
  bool good = usage == ResumptionPskUsage::kReInit ? all_are_among(old, tree, policy)
                                                   : all_are_among(tree, old, policy);
  if (!good) return fail(Error::kMalformed);
  return {};
}

Result<std::unique_ptr<Origin>> origin_of(const GroupState& old, ResumptionPskUsage usage) {
  const Secret<kNh>* psk = find_resumption_psk(old, old.epoch.context.epoch);
  if (psk == nullptr) return fail(Error::kWrongState);
  auto origin = std::make_unique<Origin>();
  origin->usage = usage;
  origin->group_id = old.epoch.context.group_id;
  origin->epoch = old.epoch.context.epoch;
  origin->resumption_psk = Secret<kNh>(psk->view());
  return origin;
}

}  // namespace

bool is_successor_psk(const PreSharedKeyId& id) {
  return id.psktype == PskType::kResumption && id.usage != ResumptionPskUsage::kApplication;
}

Result<void> check_successor(const std::vector<PreSharedKeyId>& psks, const GroupContext& context,
                             const RatchetTree& tree, const GroupState* origin,
                             const CredentialPolicy& policy) {
  auto id = std::find_if(psks.begin(), psks.end(), is_successor_psk);
  if (id == psks.end()) return {};
  if (origin == nullptr || !equal(origin->epoch.context.group_id, id->psk_group_id)) {
    return fail(Error::kUnknownKey);
  }
  // "verify that the epoch field in the GroupInfo is equal to 1"
  if (context.epoch != 1) return fail(Error::kMalformed);
  if (id->usage == ResumptionPskUsage::kReInit) {
    // Of "the epoch after the Commit covering the ReInit" (section 11.2), which is the last one.
    if (id->psk_epoch != origin->epoch.context.epoch) return fail(Error::kMalformed);
    TRY_VOID(check_reinit(context, *origin));
  } else {
    TRY_VOID(check_branch(context, *origin));
  }
  return check_members(tree, origin->epoch.tree, id->usage, policy);
}

Result<std::unique_ptr<Origin>> prepare_reinit(const GroupState& old, CreateOptions& options) {
  if (!old.reinit) return fail(Error::kWrongState);
  if (old.reinit->version != ProtocolVersion::kMls10) return fail(Error::kUnsupported);
  options.group_id = old.reinit->group_id;
  options.cipher_suite = old.reinit->cipher_suite;
  options.extensions = old.reinit->extensions;
  return origin_of(old, ResumptionPskUsage::kReInit);
}

Result<std::unique_ptr<Origin>> prepare_branch(const GroupState& old, CreateOptions& options) {
  options.cipher_suite = old.epoch.context.cipher_suite;
  return origin_of(old, ResumptionPskUsage::kBranch);
}

}  // namespace sotto::mls
