#include "mls/keys/secret_tree.h"

#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

Secret<kNh> secret_of(const Case& hex) {
  return Secret<kNh>(ByteView(bytes_of(hex)).first<kNh>());
}

void check_key(SecretTree& tree, LeafIndex leaf, RatchetType type, const Case& c, Report& report) {
  const std::string name = type == RatchetType::kHandshake ? "handshake" : "application";
  auto peeked = tree.peek(leaf, type, c.at("generation").get<std::uint32_t>());
  if (!report.expect(name + " key is there", peeked.has_value())) return;
  report.equal(name + "_key", peeked->key_and_nonce().key(), c.at(name + "_key"));
  report.equal(name + "_nonce", peeked->key_and_nonce().nonce(), c.at(name + "_nonce"));
  report.expect(name + " key is consumed", tree.consume(std::move(*peeked)).has_value());
}

void check_sender_data(Suite suite, const Case& c, Report& report) {
  const auto derived =
      sender_data_key(suite, secret_of(c.at("sender_data_secret")), bytes_of(c.at("ciphertext")));
  report.equal("sender_data_key", derived.key(), c.at("key"));
  report.equal("sender_data_nonce", derived.nonce(), c.at("nonce"));
}

const VectorFile file("vectors/mls/secret-tree.json", 6, [](const Case& c, Report& report) {
  const Suite suite = suite_of(c);
  check_sender_data(suite, c.at("sender_data"), report);
  const Case& leaves = c.at("leaves");
  SecretTree tree(suite, secret_of(c.at("encryption_secret")),
                  static_cast<std::uint32_t>(leaves.size()));
  for (std::uint32_t leaf = 0; leaf < leaves.size(); ++leaf) {
    for (const Case& generation : leaves[leaf]) {
      check_key(tree, LeafIndex{leaf}, RatchetType::kHandshake, generation, report);
      check_key(tree, LeafIndex{leaf}, RatchetType::kApplication, generation, report);
    }
  }
});

}  // namespace
}  // namespace sotto::mls::vectors
