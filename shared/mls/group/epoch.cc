#include "mls/group/epoch.h"

#include "mls/keys/hash.h"
#include "mls/keys/transcript_hash.h"

namespace sotto::mls {

EpochStart start_epoch(const Secret<kNh>& init_secret, const Secret<kNh>& commit_secret,
                       const Secret<kNh>& psk_secret, const GroupContext& context) {
  EpochStart start;
  start.group_context = encode(context);
  start.joiner_secret = derive_joiner_secret(init_secret, commit_secret, start.group_context);
  start.secrets = derive_epoch_secrets(start.joiner_secret, psk_secret, start.group_context);
  start.confirmation_tag = confirmation_tag(start.secrets, context);
  return start;
}

Epoch make_epoch(Suite suite, GroupContext context, RatchetTree tree, TreePrivateKeys private_keys,
                 SignatureKeyPointer signature_key, EpochSecrets secrets, Mac confirmation_tag,
                 const RatchetLimits& ratchets) {
  SecretTree secret_tree(suite, std::move(secrets.encryption_secret), tree.leaf_count(), ratchets);
  secrets.confirmation_key = {};
  Bytes interim =
      to_bytes(interim_transcript_hash(context.confirmed_transcript_hash, confirmation_tag));
  return Epoch{suite,
               std::move(context),
               std::move(tree),
               std::move(private_keys),
               std::move(signature_key),
               std::move(secrets),
               std::move(secret_tree),
               std::move(confirmation_tag),
               std::move(interim)};
}

Mac confirmation_tag(const EpochSecrets& secrets, const GroupContext& context) {
  return to_bytes(mac(secrets.confirmation_key.view(), {context.confirmed_transcript_hash}));
}

EpochKeys keys_of(const Epoch& epoch) {
  return {epoch.suite, epoch.context, epoch.secrets.membership_key,
          epoch.secrets.sender_data_secret,
          [&epoch](LeafIndex leaf) { return epoch.tree.leaf(leaf).get(); }};
}

}  // namespace sotto::mls
