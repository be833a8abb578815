// A secret tree as a native endpoint stores it. A file of its own, so that browser modules, which
// never do, are linked without it.
//
//   u32 height, u64 revision
//   { u32 height, u32 position, opaque secret[32] } subtrees<V>
//   { u32 leaf, ratchet handshake, ratchet application } leaves<V>
//   ratchet: u64 next_generation, opaque secret[32], { u32 generation, key, nonce } skipped<V>
#include "mls/keys/secret_tree.h"

namespace sotto::mls {
namespace {

constexpr std::uint32_t kMaxHeight = 31;

void read_into(Reader& in, MutableBytes out) {
  ByteView bytes = in.bytes(out.size());
  if (in.ok()) std::memcpy(out.data(), bytes.data(), out.size());
}

Secret<kNh> read_secret(Reader& in) {
  Secret<kNh> secret;
  read_into(in, secret.writable());
  return secret;
}

}  // namespace

void HashRatchet::save(Writer& out) const {
  out.u64(next_generation_);
  out.bytes(secret_.view());
  out.vector([&] {
    for (const SkippedKey& skipped : skipped_) {
      out.u32(skipped.generation);
      out.bytes(skipped.key_and_nonce.key());
      out.bytes(skipped.key_and_nonce.nonce());
    }
  });
}

HashRatchet HashRatchet::restore(Reader& in, Suite suite) {
  std::uint64_t next_generation = in.u64();
  HashRatchet ratchet(read_secret(in));
  ratchet.next_generation_ = next_generation;
  in.vector([&] {
    SkippedKey skipped{in.u32(), KeyAndNonce(suite)};
    read_into(in, skipped.key_and_nonce.writable_key());
    read_into(in, skipped.key_and_nonce.writable_nonce());
    ratchet.skipped_.push_back(std::move(skipped));
  });
  return ratchet;
}

void SecretTree::save(Writer& out) const {
  out.u32(height_);
  out.u64(revision_);
  out.vector([&] {
    for (const auto& [subtree, secret] : subtrees_) {
      out.u32(subtree.first);
      out.u32(subtree.second);
      out.bytes(secret.view());
    }
  });
  out.vector([&] {
    for (const auto& [leaf, ratchets] : leaves_) {
      out.u32(leaf);
      ratchets.handshake.save(out);
      ratchets.application.save(out);
    }
  });
}

SecretTree SecretTree::restore(Reader& in, Suite suite, RatchetLimits limits) {
  SecretTree tree(suite, {}, 1, limits);
  tree.subtrees_.clear();
  tree.height_ = in.u32();
  if (tree.height_ > kMaxHeight) in.fail(Error::kMalformed);
  tree.revision_ = in.u64();
  in.vector([&] {
    std::uint32_t height = in.u32();
    std::uint32_t position = in.u32();
    tree.subtrees_.insert_or_assign({height, position}, read_secret(in));
  });
  in.vector([&] {
    std::uint32_t leaf = in.u32();
    HashRatchet handshake = HashRatchet::restore(in, suite);
    HashRatchet application = HashRatchet::restore(in, suite);
    tree.leaves_.insert_or_assign(leaf, Ratchets{std::move(handshake), std::move(application)});
  });
  return tree;
}

}  // namespace sotto::mls
