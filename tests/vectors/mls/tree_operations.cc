#include "mls/tree/ratchet_tree.h"
#include "mls/wire/proposal.h"
#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

bool apply(RatchetTree& tree, const Proposal& proposal, LeafIndex sender) {
  if (auto* add = proposal.as<Add>()) {
    return tree.add({add->key_package.pointer(), &add->key_package->leaf_node}).has_value();
  }
  if (auto* update = proposal.as<Update>()) {
    return tree.update(sender, update->leaf_node.pointer()).has_value();
  }
  auto* remove = proposal.as<Remove>();
  return remove != nullptr && tree.remove(remove->removed).has_value();
}

const VectorFile file("vectors/mls/tree-operations.json", 5, [](const Case& c, Report& report) {
  auto tree = RatchetTree::decode(bytes_of(c.at("tree_before")));
  const auto proposal = decode<Proposal>(bytes_of(c.at("proposal")));
  if (!report.expect("tree_before decodes", tree.has_value()) ||
      !report.expect("proposal decodes", proposal.has_value())) {
    return;
  }
  const RatchetTree before = *tree;
  report.equal("tree_hash_before", tree->tree_hash(), c.at("tree_hash_before"));
  report.expect("proposal applies",
                apply(*tree, *proposal, {c.at("proposal_sender").get<std::uint32_t>()}));
  report.equal("tree_after", tree->encode(), c.at("tree_after"));
  report.equal("tree_hash_after", tree->tree_hash(), c.at("tree_hash_after"));
  report.equal("a copy stays as it was", before.encode(), c.at("tree_before"));
});

}  // namespace
}  // namespace sotto::mls::vectors
