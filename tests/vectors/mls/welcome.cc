#include "mls/wire/welcome.h"

#include "mls/group/epoch.h"
#include "mls/group/welcome_join.h"
#include "mls/keys/sign_with_label.h"
#include "mls/wire/mls_message.h"
#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

const VectorFile file("vectors/mls/welcome.json", 2, [](const Case& c, Report& report) {
  const auto key_package = decode<MlsMessage>(bytes_of(c.at("key_package")));
  const auto welcome = decode<MlsMessage>(bytes_of(c.at("welcome")));
  if (!report.expect("key_package decodes", key_package && key_package->as<KeyPackage>())) return;
  if (!report.expect("welcome decodes", welcome && welcome->as<Welcome>())) return;
  Bytes init_priv = bytes_of(c.at("init_priv"));
  if (!report.expect("init_priv has its size", init_priv.size() == kNsk)) return;
  TestRandom random;
  OwnKeyPackage own{*key_package->as<KeyPackage>(),
                    HpkeKeyPair::from_private_key(std::span<const std::uint8_t, kNsk>(init_priv)),
                    HpkeKeyPair::generate(random), SignatureKeyPair::generate(random)};

  const auto opened = open_welcome(*welcome->as<Welcome>(), own, nullptr, nullptr);
  if (!report.expect("opens", opened.has_value())) return;
  const GroupInfo& group_info = opened->group_info;
  report.expect("is signed", verify_with_label(bytes_of(c.at("signer_pub")), "GroupInfoTBS",
                                               group_info_tbs(group_info), group_info.signature)
                                 .has_value());
  const EpochSecrets secrets = derive_epoch_secrets(opened->joiner_secret, opened->psk_secret,
                                                    encode(group_info.group_context));
  report.expect("confirmation_tag", confirmation_tag(secrets, group_info.group_context) ==
                                        group_info.confirmation_tag);
});

}  // namespace
}  // namespace sotto::mls::vectors
