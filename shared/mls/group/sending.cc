#include "mls/group/sending.h"

#include <algorithm>

#include "mls/framing/content_signature.h"
#include "mls/framing/private_framing.h"
#include "mls/group/commit_creation.h"
#include "mls/group/message_handling.h"
#include "mls/group/own_leaf_node.h"
#include "mls/group/proposal_validation.h"
#include "mls/keys/hash.h"
#include "mls/wire/mls_message.h"

namespace sotto::mls {
namespace {

FramedContent content_of(const Epoch& epoch, const Bytes& authenticated_data) {
  FramedContent content;
  content.group_id = epoch.context.group_id;
  content.epoch = epoch.context.epoch;
  content.sender = {SenderType::kMember, epoch.own_leaf(), 0};
  content.authenticated_data = authenticated_data;
  return content;
}

}  // namespace

Result<Bytes> send_proposal(GroupState& state, Proposal proposal, const ProposeOptions& options,
                            RandomSource& random) {
  const Epoch& epoch = state.epoch;
  FramedContent content = content_of(epoch, options.authenticated_data);
  auto* psk = std::get_if<PreSharedKey>(&proposal.body);
  if (psk != nullptr && psk->psk.psk_nonce.empty()) {
    psk->psk.psk_nonce.resize(kNh);
    random.fill(psk->psk.psk_nonce);
  }
  TRY_VOID(validate_proposal(epoch, proposal, content.sender,
                             {state.policy(), options.now, state.options.max_lifetime}));
  content.content = std::move(proposal);
  AuthenticatedContent message = sign_content(handshake_format(state), std::move(content),
                                              epoch.context, *epoch.signature_key);
  TRY(auto&& stored, prepare_stored(state, message));
  TRY(Bytes && sealed, protect_handshake(state, message, random));
  state.proposals.push_back(std::move(stored));
  state.sent.push_back(hash({sealed}));
  return sealed;
}

Result<Bytes> send_update(GroupState& state, LeafNodeChanges changes, const ProposeOptions& options,
                          RandomSource& random) {
  const Epoch& epoch = state.epoch;
  OwnUpdate update;
  update.encryption_key = HpkeKeyPair::generate(random);
  LeafNode leaf_node = *epoch.tree.leaf(epoch.own_leaf());
  leaf_node.encryption_key = to_bytes(update.encryption_key.public_key);
  leaf_node.leaf_node_source = LeafNodeSource::kUpdate;
  leaf_node.lifetime = {};
  leaf_node.parent_hash = {};
  apply_changes(leaf_node, changes);
  if (changes.signature_key) {
    update.signature_key =
        std::make_shared<const SignatureKeyPair>(*std::move(changes.signature_key));
  }
  sign_leaf_node(leaf_node, epoch.context.group_id, epoch.own_leaf(),
                 update.signature_key != nullptr ? *update.signature_key : *epoch.signature_key);
  TRY(Bytes && message, send_proposal(state, {Update{std::move(leaf_node)}}, options, random));
  update.reference = state.proposals.back()->reference;
  state.own_updates.push_back(std::move(update));
  return message;
}

Result<Bytes> send_application(GroupState& state, ByteView application_data,
                               const ProtectOptions& options, RandomSource& random) {
  Epoch& epoch = state.epoch;
  FramedContent content = content_of(epoch, options.authenticated_data);
  content.content = ApplicationData{to_bytes(application_data)};
  AuthenticatedContent message = sign_content(WireFormat::kPrivateMessage, std::move(content),
                                              epoch.context, *epoch.signature_key);
  TRY(PrivateMessage && sealed,
      protect_private(message, keys_of(epoch), *epoch.secret_tree,
                      {std::max<std::size_t>(1, options.padding)}, random));
  return encode_message(sealed);
}

}  // namespace sotto::mls
