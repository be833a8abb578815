#include "mls/keys/key_schedule.h"

#include "mls/keys/exporter.h"
#include "mls/wire/group_context.h"
#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

Secret<kNh> secret_of(const Case& hex) {
  return Secret<kNh>(ByteView(bytes_of(hex)).first<kNh>());
}

Bytes group_context(const Case& c, const Case& epoch, std::uint64_t number) {
  return encode(
      GroupContext{.cipher_suite = cipher_suite_of(suite_of(c)),
                   .group_id = bytes_of(c.at("group_id")),
                   .epoch = number,
                   .tree_hash = bytes_of(epoch.at("tree_hash")),
                   .confirmed_transcript_hash = bytes_of(epoch.at("confirmed_transcript_hash")),
                   .extensions = {}});
}

void check_exporter(const EpochSecrets& secrets, const Case& c, Report& report) {
  Bytes out(c.at("length").get<std::size_t>());
  report.expect("MLS-Exporter succeeds",
                mls_exporter(secrets.exporter_secret, c.at("label").get<std::string>(),
                             bytes_of(c.at("context")), out)
                    .has_value());
  report.equal("MLS-Exporter", out, c.at("secret"));
}

void check_secrets(const EpochSecrets& secrets, const Case& epoch, Report& report) {
  report.equal("sender_data_secret", secrets.sender_data_secret.view(),
               epoch.at("sender_data_secret"));
  report.equal("encryption_secret", secrets.encryption_secret.view(),
               epoch.at("encryption_secret"));
  report.equal("exporter_secret", secrets.exporter_secret.view(), epoch.at("exporter_secret"));
  report.equal("external_secret", secrets.external_secret.view(), epoch.at("external_secret"));
  report.equal("confirmation_key", secrets.confirmation_key.view(), epoch.at("confirmation_key"));
  report.equal("membership_key", secrets.membership_key.view(), epoch.at("membership_key"));
  report.equal("resumption_psk", secrets.resumption_psk.view(), epoch.at("resumption_psk"));
  report.equal("epoch_authenticator", secrets.epoch_authenticator.view(),
               epoch.at("epoch_authenticator"));
  report.equal("init_secret", secrets.init_secret.view(), epoch.at("init_secret"));
  report.equal("external_pub", external_key_pair(secrets.external_secret).public_key,
               epoch.at("external_pub"));
  check_exporter(secrets, epoch.at("exporter"), report);
}

const VectorFile file("vectors/mls/key-schedule.json", 2, [](const Case& c, Report& report) {
  Secret<kNh> init_secret = secret_of(c.at("initial_init_secret"));
  std::uint64_t number = 0;
  for (const Case& epoch : c.at("epochs")) {
    const Bytes context = group_context(c, epoch, number++);
    report.equal("group_context", context, epoch.at("group_context"));
    const Secret<kNh> psk_secret = secret_of(epoch.at("psk_secret"));
    const auto joiner_secret =
        derive_joiner_secret(init_secret, secret_of(epoch.at("commit_secret")), context);
    report.equal("joiner_secret", joiner_secret.view(), epoch.at("joiner_secret"));
    report.equal("welcome_secret", derive_welcome_secret(joiner_secret, psk_secret).view(),
                 epoch.at("welcome_secret"));
    EpochSecrets secrets = derive_epoch_secrets(joiner_secret, psk_secret, context);
    check_secrets(secrets, epoch, report);
    init_secret = std::move(secrets.init_secret);
  }
});

}  // namespace
}  // namespace sotto::mls::vectors
