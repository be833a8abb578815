#include "mls/group/psk_lookup.h"

#include "mls/keys/psk_secret.h"

namespace sotto::mls {
namespace {

std::optional<ByteView> of_group(const GroupState* state, const PreSharedKeyId& id) {
  if (state == nullptr) return {};
  if (!equal(state->epoch.context.group_id, id.psk_group_id)) return {};
  const Secret<kNh>* psk = find_resumption_psk(*state, id.psk_epoch);
  if (psk == nullptr) return {};
  return psk->view();
}

std::optional<ByteView> find_psk(const PreSharedKeyId& id, const PskStore* store,
                                 const GroupState* state, const GroupState* origin) {
  if (id.psktype == PskType::kResumption) {
    if (auto psk = of_group(state, id)) return psk;
    if (auto psk = of_group(origin, id)) return psk;
    const Origin* kept = state != nullptr ? state->origin.get() : nullptr;
    if (kept != nullptr && kept->epoch == id.psk_epoch && equal(kept->group_id, id.psk_group_id)) {
      return kept->resumption_psk.view();
    }
  }
  if (store == nullptr) return {};
  const Bytes* psk = id.psktype == PskType::kExternal
                         ? store->external(id.psk_id)
                         : store->resumption(id.psk_group_id, id.psk_epoch);
  if (psk == nullptr) return {};
  return *psk;
}

}  // namespace

const Secret<kNh>* find_resumption_psk(const GroupState& state, std::uint64_t epoch) {
  if (epoch == state.epoch.context.epoch) {
    return state.removed ? nullptr : &state.epoch.secrets.resumption_psk;
  }
  for (const KeptResumptionPsk& kept : state.resumption_psks) {
    if (kept.epoch == epoch) return &kept.resumption_psk;
  }
  return nullptr;
}

Result<Secret<kNh>> look_up_psks(const std::vector<PreSharedKeyId>& ids, const PskStore* store,
                                 const GroupState* state, const GroupState* origin) {
  std::vector<Psk> psks;
  for (const PreSharedKeyId& id : ids) {
    std::optional<ByteView> psk = find_psk(id, store, state, origin);
    if (!psk) return fail(Error::kUnknownKey);
    psks.push_back({id, to_bytes(*psk)});
  }
  return derive_psk_secret(psks);
}

}  // namespace sotto::mls
