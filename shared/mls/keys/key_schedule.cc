#include "mls/keys/key_schedule.h"

#include "mls/keys/expand_with_label.h"

namespace sotto::mls {
namespace {

constexpr std::string_view kExternalInitLabel = "MLS 1.0 external init secret";

}  // namespace

Secret<kNh> derive_joiner_secret(const Secret<kNh>& init_secret, const Secret<kNh>& commit_secret,
                                 ByteView group_context) {
  const Secret<kNh> extracted = extract(init_secret.view(), commit_secret.view());
  return expand_with_label<kNh>(extracted.view(), "joiner", group_context);
}

Secret<kNh> derive_welcome_secret(const Secret<kNh>& joiner_secret, const Secret<kNh>& psk_secret) {
  return derive_secret(extract(joiner_secret.view(), psk_secret.view()).view(), "welcome");
}

EpochSecrets derive_epoch_secrets(const Secret<kNh>& joiner_secret, const Secret<kNh>& psk_secret,
                                  ByteView group_context) {
  const Secret<kNh> extracted = extract(joiner_secret.view(), psk_secret.view());
  return expand_epoch_secret(expand_with_label<kNh>(extracted.view(), "epoch", group_context));
}

EpochSecrets expand_epoch_secret(const Secret<kNh>& epoch_secret) {
  const auto derive = [&](std::string_view label) {
    return derive_secret(epoch_secret.view(), label);
  };
  return {.sender_data_secret = derive("sender data"),
          .encryption_secret = derive("encryption"),
          .exporter_secret = derive("exporter"),
          .external_secret = derive("external"),
          .confirmation_key = derive("confirm"),
          .membership_key = derive("membership"),
          .resumption_psk = derive("resumption"),
          .epoch_authenticator = derive("authentication"),
          .init_secret = derive("init")};
}

KeyAndNonce welcome_key(Suite suite, const Secret<kNh>& welcome_secret) {
  return derive_key_and_nonce(suite, welcome_secret.view(), {});
}

HpkeKeyPair external_key_pair(const Secret<kNh>& external_secret) {
  return HpkeKeyPair::derive(external_secret.view());
}

Result<ExternalInitSecret> make_external_init(Suite suite, ByteView external_pub,
                                              RandomSource& random) {
  TRY(const HpkeSender& sender, hpke_setup_sender(aead_of(suite), external_pub, {}, random));
  ExternalInitSecret made{sender.enc, {}};
  TRY_VOID(sender.context.export_secret(as_bytes(kExternalInitLabel), made.init_secret.writable()));
  return made;
}

Result<Secret<kNh>> receive_external_init(Suite suite, ByteView kem_output,
                                          const HpkeKeyPair& key_pair) {
  TRY(const HpkeContext& receiver, hpke_setup_receiver(aead_of(suite), kem_output, key_pair, {}));
  Secret<kNh> init_secret;
  TRY_VOID(receiver.export_secret(as_bytes(kExternalInitLabel), init_secret.writable()));
  return init_secret;
}

}  // namespace sotto::mls
