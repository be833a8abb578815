#include "mls/framing/content_signature.h"

#include "mls/wire/typed_extensions.h"

namespace sotto::mls {
namespace {

constexpr std::string_view kLabel = "FramedContentTBS";

// The leaf that a new member brings along.
const LeafNode* new_leaf(const FramedContent& content) {
  if (const Commit* commit = content.commit())
    return commit->path ? &commit->path->leaf_node : nullptr;
  const Proposal* proposal = content.proposal();
  const Add* add = proposal != nullptr ? proposal->as<Add>() : nullptr;
  return add != nullptr ? &add->key_package->leaf_node : nullptr;
}

// Empty if there is none.
SignaturePublicKey external_key(const GroupContext& context, std::uint32_t sender_index) {
  auto extension = get_extension<ExternalSenders>(context.extensions);
  if (!extension || !*extension) return {};
  const std::vector<ExternalSender>& senders = (*extension)->external_senders;
  return sender_index < senders.size() ? senders[sender_index].signature_key : SignaturePublicKey();
}

SignaturePublicKey sender_key(const FramedContent& content, const GroupContext& context,
                              const LeafLookup& leaf) {
  const Sender& sender = content.sender;
  if (sender.sender_type == SenderType::kExternal)
    return external_key(context, sender.sender_index);
  const LeafNode* leaf_node =
      sender.sender_type == SenderType::kMember ? leaf(sender.leaf_index) : new_leaf(content);
  return leaf_node != nullptr ? leaf_node->signature_key : SignaturePublicKey();
}

}  // namespace

AuthenticatedContent sign_content(WireFormat wire_format, FramedContent content,
                                  const GroupContext& context, const SignatureKeyPair& key_pair) {
  Bytes tbs = framed_content_tbs(wire_format, content, context);
  return {wire_format, std::move(content), {sign_with_label(key_pair, kLabel, tbs), {}}};
}

Result<void> verify_content(const AuthenticatedContent& content, const GroupContext& context,
                            const LeafLookup& leaf) {
  return verify_with_label(sender_key(content.content, context, leaf), kLabel,
                           framed_content_tbs(content.wire_format, content.content, context),
                           content.auth.signature);
}

}  // namespace sotto::mls
