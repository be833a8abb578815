// One epoch, as one member knows it: public state, private keys, and what the key schedule made.
#pragma once

#include <memory>
#include <optional>

#include "mls/bytes.h"
#include "mls/framing/epoch_keys.h"
#include "mls/keys/key_schedule.h"
#include "mls/keys/secret_tree.h"
#include "mls/keys/sign_with_label.h"
#include "mls/keys/suite.h"
#include "mls/tree/ratchet_tree.h"
#include "mls/tree/tree_private_keys.h"
#include "mls/wire/framed_content.h"

namespace sotto::mls {

// Shared by the epochs in which it does not change; wiped with the last of them.
using SignatureKeyPointer = std::shared_ptr<const SignatureKeyPair>;

struct Epoch {
  Suite suite;
  GroupContext context;
  RatchetTree tree;
  TreePrivateKeys private_keys;
  SignatureKeyPointer signature_key;
  // Without encryption_secret and confirmation_key, which have done their work.
  EpochSecrets secrets;
  std::optional<SecretTree> secret_tree;  // none once I am removed
  Mac confirmation_tag;
  Bytes interim_transcript_hash;

  LeafIndex own_leaf() const { return private_keys.leaf(); }
};

// The key schedule's way into an epoch (section 8), up to its confirmation tag.
struct EpochStart {
  Bytes group_context;  // encoded
  Secret<kNh> joiner_secret;
  EpochSecrets secrets;
  Mac confirmation_tag;
};

EpochStart start_epoch(const Secret<kNh>& init_secret, const Secret<kNh>& commit_secret,
                       const Secret<kNh>& psk_secret, const GroupContext& context);

// Puts an epoch together. `confirmation_tag` has been verified, or made, with `secrets`.
Epoch make_epoch(Suite suite, GroupContext context, RatchetTree tree, TreePrivateKeys private_keys,
                 SignatureKeyPointer signature_key, EpochSecrets secrets, Mac confirmation_tag,
                 const RatchetLimits& ratchets);

// MAC(confirmation_key, confirmed_transcript_hash), section 6.1.
Mac confirmation_tag(const EpochSecrets& secrets, const GroupContext& context);

// Views of `epoch`, for the length of a call.
EpochKeys keys_of(const Epoch& epoch);

}  // namespace sotto::mls
