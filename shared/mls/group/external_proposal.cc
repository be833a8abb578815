#include "mls/group/external_proposal.h"

#include "mls/framing/content_signature.h"
#include "mls/framing/public_framing.h"
#include "mls/group/epoch.h"
#include "mls/wire/mls_message.h"

namespace sotto::mls {
namespace {

Result<Bytes> send(FramedContent content, const SignatureKeyPair& signature_key) {
  // Neither the context nor a membership key count for senders outside the group.
  GroupContext none;
  AuthenticatedContent signed_content =
      sign_content(WireFormat::kPublicMessage, std::move(content), none, signature_key);
  TRY(PublicMessage && message, protect_public(std::move(signed_content), none, Secret<kNh>()));
  return encode_message(message);
}

}  // namespace

Result<Bytes> propose_externally(ByteView group_id, std::uint64_t epoch, std::uint32_t sender_index,
                                 const SignatureKeyPair& signature_key, Proposal proposal,
                                 ByteView authenticated_data) {
  FramedContent content;
  content.group_id = to_bytes(group_id);
  content.epoch = epoch;
  content.sender = {SenderType::kExternal, {}, sender_index};
  content.authenticated_data = to_bytes(authenticated_data);
  content.content = std::move(proposal);
  return send(std::move(content), signature_key);
}

Result<Bytes> propose_self(const OwnKeyPackage& key_package, ByteView group_id, std::uint64_t epoch,
                           ByteView authenticated_data) {
  FramedContent content;
  content.group_id = to_bytes(group_id);
  content.epoch = epoch;
  content.sender.sender_type = SenderType::kNewMemberProposal;
  content.authenticated_data = to_bytes(authenticated_data);
  content.content = Proposal{Add{key_package.key_package}};
  return send(std::move(content), key_package.signature_key);
}

}  // namespace sotto::mls
