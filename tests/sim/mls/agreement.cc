#include "sim/mls/agreement.h"

#include <algorithm>

namespace sotto::mls::sim {
namespace {

Agreement::Value value_of(const Secret<32>& secret) {
  Agreement::Value value;
  std::copy_n(secret.view().begin(), value.size(), value.begin());
  return value;
}

Agreement::Value exported_by(const Group& group) {
  Agreement::Value value{};
  if (!group.exporter("simulation", as_bytes("context"), value)) value.fill(0xff);
  return value;
}

}  // namespace

std::string Agreement::check(const Group& group) {
  auto [found, first] = epochs_.try_emplace(group.epoch());
  Epoch& epoch = found->second;
  if (first) {
    epoch = {value_of(group.epoch_authenticator()), exported_by(group), group.context()};
    auto [other, fresh] = by_authenticator_.try_emplace(epoch.epoch_authenticator, group.epoch());
    if (!fresh) return "two epochs have one epoch authenticator";
  }
  if (exported_by(group) != epoch.exported) return "exporters differ";
  return check_again(group);
}

std::string Agreement::check_again(const Group& group) const {
  auto found = epochs_.find(group.epoch());
  if (found == epochs_.end()) return "an epoch that nobody has looked at";
  const Epoch& epoch = found->second;
  if (value_of(group.epoch_authenticator()) != epoch.epoch_authenticator) {
    return "epoch authenticators differ";
  }
  if (group.context().tree_hash != epoch.context.tree_hash) return "tree hashes differ";
  if (group.context() != epoch.context) return "group contexts differ";
  return {};
}

bool Agreement::is_shared(const Secret<32>& epoch_authenticator) const {
  return by_authenticator_.contains(value_of(epoch_authenticator));
}

}  // namespace sotto::mls::sim
