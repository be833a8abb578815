#include "mls/tree/tree_validation.h"

#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

void check_nodes(const RatchetTree& tree, const Case& c, Report& report) {
  const Case& hashes = c.at("tree_hashes");
  const Case& resolutions = c.at("resolutions");
  report.equal("number of nodes", node_count(tree.leaf_count()), Case(hashes.size()));
  for (std::uint32_t i = 0; i < hashes.size(); ++i) {
    report.equal("tree_hash", tree.tree_hash({i}), hashes[i]);
    std::vector<std::uint32_t> resolution;
    for (NodeIndex node : tree.resolution({i})) resolution.push_back(node.value);
    report.expect("resolution", resolutions[i] == Case(resolution));
  }
}

const VectorFile file("vectors/mls/tree-validation.json", 28, [](const Case& c, Report& report) {
  const Bytes encoded = bytes_of(c.at("tree"));
  const auto tree = RatchetTree::decode(encoded);
  if (!report.expect("tree decodes", tree.has_value())) return;
  report.equal("tree encodes", tree->encode(), c.at("tree"));
  check_nodes(*tree, c, report);

  GroupContext group_context;
  group_context.cipher_suite = cipher_suite_of(suite_of(c));
  group_context.group_id = bytes_of(c.at("group_id"));
  LeafRules rules = LeafRules::of(group_context).value();
  report.expect("unmerged leaves agree", check_unmerged_leaves(*tree).has_value());
  report.expect("parent hashes are valid", check_parent_hashes(*tree).has_value());
  for (LeafIndex leaf : tree->members()) {
    report.expect("leaf is valid",
                  validate_leaf(*tree->leaf(leaf), std::nullopt, leaf, rules).has_value());
  }
  report.expect("tree is valid", validate_tree(*tree, rules).has_value());

  rules.group_id.push_back(0);
  report.expect("tree is no other group's", !validate_tree(*tree, rules).has_value());
});

}  // namespace
}  // namespace sotto::mls::vectors
