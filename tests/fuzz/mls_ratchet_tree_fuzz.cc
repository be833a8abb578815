// fuzz-deps: sotto_mls_tree
// A tree from the wire: it encodes to the bytes it came from, its indices hold, and neither its
// validation nor a change to it breaks anything, valid or not.
#include <cstdlib>

#include "mls/tree/tree_validation.h"
#include "mls/wire/codec.h"

namespace {

using namespace sotto::mls;

// Keys are found where they stand, leaves cover each other's resolutions, and hashes are the same
// once the tree is read anew.
void expect_consistent(const RatchetTree& tree) {
  for (LeafIndex leaf : tree.members()) {
    const LeafNode& content = *tree.leaf(leaf);
    if (tree.find_signature_key(content.signature_key) != leaf) std::abort();
    if (tree.find_encryption_key(content.encryption_key) != node_of(leaf)) std::abort();
  }
  auto anew = RatchetTree::decode(tree.encode());
  if (!anew || anew->tree_hash() != tree.tree_hash()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const sotto::ByteView input(data, size);
  auto decoded = RatchetTree::decode(input);
  if (!decoded) return 0;
  if (!sotto::equal(decoded->encode(), input)) std::abort();
  expect_consistent(*decoded);

  LeafRules rules;
  rules.cipher_suite = CipherSuite::kX25519ChaCha20Poly1305Sha256Ed25519;
  (void)validate_tree(*decoded, rules);
  if (check_unmerged_leaves(*decoded)) (void)check_parent_hashes(*decoded);

  RatchetTree changed = *decoded;
  LeafNode fresh = *changed.leaf(changed.members().front());
  fresh.encryption_key.assign(32, 0xf1);
  fresh.signature_key.assign(32, 0xf2);
  auto leaf_node = std::make_shared<const LeafNode>(fresh);
  if (changed.remove(changed.members().back())) expect_consistent(changed);
  if (changed.add(leaf_node)) expect_consistent(changed);
  for (FilteredNode step : changed.filtered_direct_path(changed.members().front())) {
    if (changed.resolution(step.copath_child).empty()) std::abort();
  }
  if (!sotto::equal(decoded->encode(), input)) std::abort();
  return 0;
}
