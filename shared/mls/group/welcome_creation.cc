#include "mls/group/welcome_creation.h"

#include "mls/group/group_info_creation.h"
#include "mls/keys/encrypt_with_label.h"
#include "mls/wire/mls_message.h"

namespace sotto::mls {
namespace {

Result<EncryptedGroupSecrets> seal_for(const Newcomer& newcomer, const Bytes& reference,
                                       const WelcomeContents& contents,
                                       const LabelledSealer& sealer, RandomSource& random) {
  GroupSecrets secrets;
  secrets.joiner_secret = to_bytes(contents.joiner_secret.view());
  secrets.psks = std::vector<PreSharedKeyId>(contents.psks);
  if (contents.path != nullptr) {
    const Secret<kNh>* path_secret =
        contents.path->path_secret_for(contents.epoch.own_leaf(), newcomer.leaf);
    if (path_secret != nullptr) secrets.path_secret = PathSecret{to_bytes(path_secret->view())};
  }
  TRY(HpkeCiphertext && sealed,
      sealer.seal(newcomer.key_package->init_key, encode(secrets), random));
  return EncryptedGroupSecrets{reference, std::move(sealed)};
}

}  // namespace

Result<std::vector<WelcomeMessage>> make_welcomes(const WelcomeContents& contents,
                                                  const GroupInfoOptions& options, bool each,
                                                  RandomSource& random) {
  std::vector<WelcomeMessage> messages;
  if (contents.newcomers.empty()) return messages;
  const Epoch& epoch = contents.epoch;
  KeyAndNonce key =
      welcome_key(epoch.suite, derive_welcome_secret(contents.joiner_secret, contents.psk_secret));
  Welcome welcome;
  welcome.cipher_suite = epoch.context.cipher_suite;
  TRY(welcome.encrypted_group_info, key.seal({}, encode(make_group_info(epoch, options, random))));

  const LabelledSealer sealer(epoch.suite, "Welcome", welcome.encrypted_group_info);
  std::vector<Bytes> references;
  auto finish = [&] {
    messages.push_back({std::move(references), encode_message(welcome)});
    references.clear();
    welcome.secrets.clear();
  };
  for (const Newcomer& newcomer : contents.newcomers) {
    Bytes reference = key_package_reference(*newcomer.key_package);
    TRY(EncryptedGroupSecrets && secrets, seal_for(newcomer, reference, contents, sealer, random));
    welcome.secrets.push_back(std::move(secrets));
    references.push_back(std::move(reference));
    if (each) finish();
  }
  if (!each) finish();
  return messages;
}

}  // namespace sotto::mls
