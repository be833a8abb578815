#include "mls/framing/public_framing.h"

#include "mls/framing/content_rules.h"
#include "mls/framing/content_signature.h"
#include "mls/keys/hash.h"

namespace sotto::mls {
namespace {

bool is_of(const GroupContext& context, const FramedContent& content) {
  return content.group_id == context.group_id && content.epoch == context.epoch;
}

bool valid(const AuthenticatedContent& content, ByteView membership_tag, const EpochKeys& epoch) {
  if (!check_content_rules(WireFormat::kPublicMessage, content.content)) return false;
  // The tag first: it costs an outsider's message less than a signature.
  if (content.content.sender.sender_type == SenderType::kMember &&
      !verify_mac(epoch.membership_key.view(), {authenticated_content_tbm(content, epoch.context)},
                  membership_tag)) {
    return false;
  }
  return verify_content(content, epoch.context, epoch.leaf).has_value();
}

}  // namespace

Result<PublicMessage> protect_public(AuthenticatedContent content, const GroupContext& context,
                                     const Secret<kNh>& membership_key) {
  if (content.wire_format != WireFormat::kPublicMessage ||
      !check_content_rules(content.wire_format, content.content)) {
    return fail(Error::kInvalidArgument);
  }
  Mac membership_tag;
  if (content.content.sender.sender_type == SenderType::kMember) {
    membership_tag =
        to_bytes(mac(membership_key.view(), {authenticated_content_tbm(content, context)}));
  }
  return PublicMessage{std::move(content.content), std::move(content.auth),
                       std::move(membership_tag)};
}

Result<AuthenticatedContent> unprotect_public(PublicMessage message, const EpochKeys& epoch) {
  if (!is_of(epoch.context, message.content)) return fail(Error::kWrongState);
  AuthenticatedContent content{WireFormat::kPublicMessage, std::move(message.content),
                               std::move(message.auth)};
  if (!valid(content, message.membership_tag, epoch)) return fail(Error::kUnauthenticated);
  return content;
}

}  // namespace sotto::mls
