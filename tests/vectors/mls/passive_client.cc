// A client that is welcomed and follows along.
#include <optional>

#include "mls/group/group.h"
#include "mls/wire/mls_message.h"
#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

template <std::size_t N = 32>
std::span<const std::uint8_t, N> fixed(const Bytes& bytes) {
  return std::span<const std::uint8_t, N>(bytes.data(), N);
}

std::optional<OwnKeyPackage> own_key_package(const Case& c, Report& report) {
  const auto message = decode<MlsMessage>(bytes_of(c.at("key_package")));
  if (!report.expect("key_package decodes", message && message->as<KeyPackage>())) return {};
  Bytes init = bytes_of(c.at("init_priv")), encryption = bytes_of(c.at("encryption_priv")),
        signature = bytes_of(c.at("signature_priv"));
  bool sizes = init.size() == kNsk && encryption.size() == kNsk && signature.size() == 32;
  if (!report.expect("private keys have their sizes", sizes)) return {};
  const KeyPackage& key_package = *message->as<KeyPackage>();
  OwnKeyPackage own{key_package, HpkeKeyPair::from_private_key(fixed(init)),
                    HpkeKeyPair::from_private_key(fixed(encryption)),
                    SignatureKeyPair::from_seed(fixed(signature))};
  report.expect("init_priv is init_key's", equal(own.init_key.public_key, key_package.init_key));
  report.expect("encryption_priv is encryption_key's",
                equal(own.encryption_key.public_key, key_package.leaf_node.encryption_key));
  report.expect("signature_priv is signature_key's",
                equal(own.signature_key.public_key(), key_package.leaf_node.signature_key));
  return own;
}

// Takes the epoch's proposals and its commit.
bool follow(Group& group, const Case& epoch, const HandleOptions& options, Report& report) {
  for (const Case& proposal : epoch.at("proposals")) {
    const auto handled = group.handle(bytes_of(proposal), options);
    bool stored = handled && std::holds_alternative<StoredProposal>(*handled);
    if (!report.expect("proposal is stored", stored)) return false;
  }
  auto handled = group.handle(bytes_of(epoch.at("commit")), options);
  auto* staged = handled ? std::get_if<StagedCommit>(&*handled) : nullptr;
  if (!report.expect("commit is valid", staged != nullptr)) return false;
  if (!report.expect("commit applies", group.apply(std::move(*staged)).has_value())) return false;
  report.equal("epoch_authenticator", group.epoch_authenticator().view(),
               epoch.at("epoch_authenticator"));
  return true;
}

void check(const Case& c, Report& report) {
  MemoryPskStore psks;
  for (const Case& psk : c.at("external_psks")) {
    psks.add_external(bytes_of(psk.at("psk_id")), bytes_of(psk.at("psk")));
  }
  auto own = own_key_package(c, report);
  if (!own) return;
  JoinOptions options;
  options.psks = &psks;
  options.group.resumption_epochs = 1000;  // scenarios refer far back
  Bytes tree;
  if (!c.at("ratchet_tree").is_null()) {
    tree = bytes_of(c.at("ratchet_tree"));
    options.ratchet_tree = tree;
  }
  auto group = Group::join(bytes_of(c.at("welcome")), *own, options);
  if (!report.expect("joins", group.has_value())) return;
  report.equal("initial_epoch_authenticator", group->epoch_authenticator().view(),
               c.at("initial_epoch_authenticator"));
  HandleOptions handling;
  handling.psks = &psks;
  for (const Case& epoch : c.at("epochs")) {
    if (!follow(*group, epoch, handling, report)) return;
  }
}

const VectorFile welcome("vectors/mls/passive-client-welcome.json", 16, check);
const VectorFile commits("vectors/mls/passive-client-handling-commit.json", 26, check);
const VectorFile random_scenarios("vectors/mls/passive-client-random.json", 1, check);

}  // namespace
}  // namespace sotto::mls::vectors
