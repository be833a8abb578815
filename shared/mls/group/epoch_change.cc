#include "mls/group/epoch_change.h"

namespace sotto::mls {
namespace {

void keep_resumption_psk(GroupState& state, Epoch& old) {
  state.resumption_psks.push_back({old.context.epoch, std::move(old.secrets.resumption_psk)});
  while (state.resumption_psks.size() > state.options.resumption_epochs) {
    state.resumption_psks.pop_front();
  }
}

void keep_message_keys(GroupState& state, Epoch& old) {
  state.past_epochs.push_back({old.suite, std::move(old.context), std::move(old.tree),
                               std::move(old.secrets.sender_data_secret),
                               *std::move(old.secret_tree)});
  while (state.past_epochs.size() > state.options.past_epochs) state.past_epochs.pop_front();
}

// I am out: what is left is a view of what was.
void leave(GroupState& state) {
  Epoch& old = state.epoch;
  state.removed = true;
  state.past_epochs.push_back({old.suite, old.context, old.tree,
                               std::move(old.secrets.sender_data_secret),
                               *std::move(old.secret_tree)});
  while (state.past_epochs.size() > state.options.past_epochs) state.past_epochs.pop_front();
  old.secret_tree.reset();
  old.secrets = {};
  old.private_keys = TreePrivateKeys(old.own_leaf());
  old.signature_key.reset();
}

}  // namespace

bool is_current(const GroupState& state, const StagedState& staged) {
  return state.active() && staged.own_leaf == state.epoch.own_leaf() &&
         encode(staged.before) == encode(state.epoch.context);
}

Result<CommitEffects> apply_commit(GroupState& state, StagedState& staged) {
  if (!is_current(state, staged)) return fail(Error::kWrongState);
  if (staged.key) {
    TRY_VOID(state.epoch.secret_tree->consume(*std::move(staged.key)));
    staged.key.reset();
  }
  state.proposals.clear();
  state.own_updates.clear();
  state.sent.clear();
  state.origin.reset();
  state.must_commit = false;
  state.reinit = std::optional<ReInit>(staged.effects.reinit);
  if (staged.next == nullptr) {
    leave(state);
  } else {
    Epoch old = std::move(state.epoch);
    state.epoch = std::move(*staged.next);
    keep_resumption_psk(state, old);
    keep_message_keys(state, old);
  }
  CommitEffects effects = std::move(staged.effects);
  state.pending.reset();  // last: `staged` may be part of it
  return effects;
}

}  // namespace sotto::mls
