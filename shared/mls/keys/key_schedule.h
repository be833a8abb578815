// The key schedule (RFC 9420 section 8), from one epoch's init_secret to the next one's:
//
//   init_secret + commit_secret -> joiner_secret
//   joiner_secret + psk_secret  -> welcome_secret
//                               -> epoch_secret -> EpochSecrets
//
// `group_context` is the encoded GroupContext of the epoch that begins.
#pragma once

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "crypto/hpke.h"
#include "crypto/secret.h"
#include "mls/keys/key_and_nonce.h"
#include "mls/keys/suite.h"

namespace sotto::mls {

struct EpochSecrets {
  Secret<kNh> sender_data_secret;
  Secret<kNh> encryption_secret;  // move it into the epoch's SecretTree
  Secret<kNh> exporter_secret;
  Secret<kNh> external_secret;
  Secret<kNh> confirmation_key;
  Secret<kNh> membership_key;
  Secret<kNh> resumption_psk;
  Secret<kNh> epoch_authenticator;
  Secret<kNh> init_secret;
};

Secret<kNh> derive_joiner_secret(const Secret<kNh>& init_secret, const Secret<kNh>& commit_secret,
                                 ByteView group_context);

Secret<kNh> derive_welcome_secret(const Secret<kNh>& joiner_secret, const Secret<kNh>& psk_secret);

EpochSecrets derive_epoch_secrets(const Secret<kNh>& joiner_secret, const Secret<kNh>& psk_secret,
                                  ByteView group_context);

// Of a group's first epoch, whose epoch_secret is random (section 11).
EpochSecrets expand_epoch_secret(const Secret<kNh>& epoch_secret);

// Section 12.4.3.1: encrypts the GroupInfo.
KeyAndNonce welcome_key(Suite suite, const Secret<kNh>& welcome_secret);

// external_priv and external_pub.
HpkeKeyPair external_key_pair(const Secret<kNh>& external_secret);

// External initialization (section 8.3): the joiner's side, and the members'.
struct ExternalInitSecret {
  HpkeEnc kem_output;
  Secret<kNh> init_secret;
};
Result<ExternalInitSecret> make_external_init(Suite suite, ByteView external_pub,
                                              RandomSource& random);
Result<Secret<kNh>> receive_external_init(Suite suite, ByteView kem_output,
                                          const HpkeKeyPair& external_key_pair);

}  // namespace sotto::mls
