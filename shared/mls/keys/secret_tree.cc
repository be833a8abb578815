#include "mls/keys/secret_tree.h"

#include <bit>

#include "mls/keys/expand_with_label.h"

namespace sotto::mls {
namespace {

Secret<kNh> child(const Secret<kNh>& parent, std::string_view side) {
  return expand_with_label<kNh>(parent.view(), "tree", as_bytes(side));
}

// Of the subtree of this height that the leaf is in.
std::uint32_t subtree_index(std::uint32_t leaf, std::uint32_t height) {
  return static_cast<std::uint32_t>(std::uint64_t{leaf} >> height);
}

}  // namespace

SecretTree::SecretTree(Suite suite, Secret<kNh> encryption_secret, std::uint32_t leaf_count,
                       RatchetLimits limits)
    : suite_(suite),
      limits_(limits),
      height_(leaf_count < 2 ? 0 : static_cast<std::uint32_t>(std::bit_width(leaf_count - 1))) {
  subtrees_.emplace(Subtree{height_, 0}, std::move(encryption_secret));
}

// From the nearest secret above the leaf down to it.
Result<SecretTree::Descent> SecretTree::descend(std::uint32_t leaf) const {
  std::uint32_t height = 0;
  auto above = subtrees_.find({0, leaf});
  while (above == subtrees_.end()) {
    if (++height > height_) return fail(Error::kNotFound);
    above = subtrees_.find({height, subtree_index(leaf, height)});
  }
  std::vector<std::pair<Subtree, Secret<kNh>>> beside;
  Secret<kNh> secret(above->second.view());
  while (height-- > 0) {
    const std::uint32_t index = subtree_index(leaf, height);
    const bool right = index & 1;
    beside.emplace_back(Subtree{height, index ^ 1}, child(secret, right ? "left" : "right"));
    secret = child(secret, right ? "right" : "left");
  }
  return Descent{{HashRatchet(expand_with_label<kNh>(secret.view(), "handshake", {})),
                  HashRatchet(expand_with_label<kNh>(secret.view(), "application", {}))},
                 std::move(beside)};
}

// The secret that the descent began at is wiped with its entry.
void SecretTree::adopt(std::uint32_t leaf, Descent descent) {
  for (std::uint32_t height = 0; height <= height_; ++height) {
    subtrees_.erase({height, subtree_index(leaf, height)});
  }
  for (auto& [subtree, secret] : descent.beside) subtrees_.emplace(subtree, std::move(secret));
  leaves_.emplace(leaf, std::move(descent.ratchets));
}

Result<SecretTree::PeekedKey> SecretTree::peek(LeafIndex sender, RatchetType type,
                                               std::uint32_t generation) const {
  std::optional<Descent> descent;
  auto leaf = leaves_.find(sender.value);
  if (leaf == leaves_.end()) {
    if (std::uint64_t{sender.value} >> height_ != 0) return fail(Error::kNotFound);
    TRY(descent, descend(sender.value));
  }
  const Ratchets& ratchets = descent ? descent->ratchets : leaf->second;
  TRY(HashRatchet::Step && step, ratchets.of(type).peek(suite_, generation, limits_));
  PeekedKey peeked(std::move(step));
  peeked.leaf_ = sender.value;
  peeked.type_ = type;
  peeked.revision_ = revision_;
  peeked.descent_ = std::move(descent);
  return peeked;
}

Result<void> SecretTree::consume(PeekedKey peeked) {
  if (peeked.revision_ != revision_) {
    // Other keys have been consumed since: what was peeked may be gone, or kept elsewhere.
    TRY(peeked, peek({peeked.leaf_}, peeked.type_, peeked.step_.generation));
  }
  if (peeked.descent_) adopt(peeked.leaf_, std::move(*peeked.descent_));
  leaves_.at(peeked.leaf_).of(peeked.type_).take(peeked.step_, limits_);
  ++revision_;
  return {};
}

Result<SecretTree::SendingKey> SecretTree::next(LeafIndex own, RatchetType type) {
  auto leaf = leaves_.find(own.value);
  const std::uint64_t generation =
      leaf == leaves_.end() ? 0 : leaf->second.of(type).next_generation();
  if (generation >> 32 != 0) return fail(Error::kExhausted);
  TRY(PeekedKey && peeked, peek(own, type, static_cast<std::uint32_t>(generation)));
  SendingKey key{peeked.step_.generation, peeked.key_and_nonce().copy()};
  TRY_VOID(consume(std::move(peeked)));
  return key;
}

}  // namespace sotto::mls
