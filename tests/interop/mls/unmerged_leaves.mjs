// Which valid trees ts-mls refuses to join by (ts_mls_peer.mjs, departure 1). RFC 9420 section 12.4.3.1
// asks of each entry of a parent's unmerged_leaves that the non-blank nodes BETWEEN that leaf and the
// parent have it as well. ts-mls wants all non-blank nodes from the leaf up to the ROOT to have the same
// list as the parent, which other Adds and commits make differ.
import { decodeRatchetTree } from 'ts-mls/ratchetTree.js';

// From the leaf's parent up to the root of a tree with `size` nodes (appendix C).
function ancestors(leaf, size) {
  const above = [];
  for (let level = 0, node = 2 * leaf; 2 ** (level + 1) <= size; ++level) {
    const block = 2 ** (level + 2);
    node = Math.floor((2 * leaf) / block) * block + 2 ** (level + 1) - 1;
    above.push(node);
  }
  return above;
}

export function refusedByTsMls(ratchetTree) {
  const [tree] = decodeRatchetTree(new Uint8Array(Buffer.from(ratchetTree, 'hex')), 0);
  const parents = tree.filter((node) => node?.nodeType === 'parent');
  return parents.some(({ parent }) => parent.unmergedLeaves.some((leaf) => ancestors(leaf, tree.length)
    .map((at) => tree[at]?.parent.unmergedLeaves)
    .some((list) => list && String(list) !== String(parent.unmergedLeaves))));
}
