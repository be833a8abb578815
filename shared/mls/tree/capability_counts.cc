#include "mls/tree/capability_counts.h"

#include <algorithm>

#include "base/sort.h"

namespace sotto::mls {
namespace {

enum class Kind : std::uint32_t { kExtension, kProposal, kCredential, kCredentialInUse };

template <typename Type>
std::uint32_t counted(Kind kind, Type type) {
  return static_cast<std::uint32_t>(kind) << 16 | static_cast<std::uint16_t>(type);
}

// Never inlined: it stands at many places, and what makes room for growth is long.
template <typename T>
[[gnu::noinline]] void append(std::vector<T>& values, T value) {
  values.push_back(value);
}

// What one leaf adds to the counts: each once, even where its lists repeat themselves.
std::vector<std::uint32_t> contribution(const LeafNode& leaf_node) {
  std::vector<std::uint32_t> out;
  const Capabilities& capabilities = leaf_node.capabilities;
  out.reserve(capabilities.extensions.size() + capabilities.proposals.size() +
              capabilities.credentials.size() + 1);
  for (ExtensionType type : capabilities.extensions) append(out, counted(Kind::kExtension, type));
  for (ProposalType type : capabilities.proposals) append(out, counted(Kind::kProposal, type));
  for (CredentialType type : capabilities.credentials) {
    append(out, counted(Kind::kCredential, type));
  }
  append(out, counted(Kind::kCredentialInUse, leaf_node.credential.credential_type));
  sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

CapabilityCounts::CapabilityCounts() : counts_(std::make_shared<const std::vector<Count>>()) {}

void CapabilityCounts::add(std::span<const LeafNode* const> leaves) {
  apply(leaves, true);
}
void CapabilityCounts::remove(std::span<const LeafNode* const> leaves) {
  apply(leaves, false);
}

// One merge of two rising lists, however many leaves there are and whatever they list.
void CapabilityCounts::apply(std::span<const LeafNode* const> leaves, bool adding) {
  if (leaves.empty()) return;
  std::vector<std::uint32_t> changes;
  for (const LeafNode* leaf : leaves) {
    for (std::uint32_t one : contribution(*leaf)) append(changes, one);
  }
  sort(changes);

  std::vector<Count> merged;
  merged.reserve(counts_->size() + (leaves.size() == 1 && adding ? changes.size() : 0));
  auto before = counts_->begin();
  for (auto change = changes.begin(); change != changes.end();) {
    std::uint32_t what = *change;
    while (before != counts_->end() && before->first < what) append(merged, *before++);
    std::uint32_t number = 0;
    if (before != counts_->end() && before->first == what) number = (before++)->second;
    for (; change != changes.end() && *change == what; ++change) number += adding ? 1 : -1;
    if (number != 0) append(merged, Count(what, number));
  }
  for (; before != counts_->end(); ++before) append(merged, *before);
  counts_ = std::make_shared<const std::vector<Count>>(std::move(merged));
}

std::uint32_t CapabilityCounts::count(std::uint32_t what) const {
  auto found = std::lower_bound(counts_->begin(), counts_->end(), Count(what, 0));
  return found != counts_->end() && found->first == what ? found->second : 0;
}

std::uint32_t CapabilityCounts::supporting(ExtensionType type) const {
  return count(counted(Kind::kExtension, type));
}
std::uint32_t CapabilityCounts::supporting(ProposalType type) const {
  return count(counted(Kind::kProposal, type));
}
std::uint32_t CapabilityCounts::supporting(CredentialType type) const {
  return count(counted(Kind::kCredential, type));
}

std::vector<CredentialType> CapabilityCounts::credentials_in_use() const {
  std::vector<CredentialType> types;
  Count from(counted(Kind::kCredentialInUse, 0), 0);
  for (auto at = std::lower_bound(counts_->begin(), counts_->end(), from); at != counts_->end();
       ++at) {
    types.push_back(static_cast<CredentialType>(at->first & 0xffff));
  }
  return types;
}

}  // namespace sotto::mls
