#include "mls/tree/tree_math.h"

#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

// `there` says whether the relation has to exist for that node.
template <typename Relation>
void check_relation(const Case& c, const char* name, bool there, NodeIndex node, Relation relation,
                    Report& report) {
  const Case& expected = c.at(name).at(node.value);
  if (report.expect(name, expected.is_null() == !there) && there) {
    report.equal(name, relation(node).value, expected);
  }
}

const VectorFile file("vectors/mls/tree-math.json", 10, [](const Case& c, Report& report) {
  const auto leaves = c.at("n_leaves").get<std::uint32_t>();
  report.equal("n_nodes", node_count(leaves), c.at("n_nodes"));
  report.equal("root", root(leaves).value, c.at("root"));
  for (std::uint32_t i = 0; i < node_count(leaves); ++i) {
    const NodeIndex node{i};
    const bool below_root = node != root(leaves);
    check_relation(c, "left", !is_leaf(node), node, left, report);
    check_relation(c, "right", !is_leaf(node), node, right, report);
    check_relation(c, "parent", below_root, node, parent, report);
    check_relation(c, "sibling", below_root, node, sibling, report);
  }
});

}  // namespace
}  // namespace sotto::mls::vectors
