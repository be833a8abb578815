// Signatures of content (RFC 9420 section 6.1).
#pragma once

#include "mls/framing/epoch_keys.h"
#include "mls/keys/sign_with_label.h"
#include "mls/wire/framed_content.h"

namespace sotto::mls {

// With the signature, but as yet without a commit's confirmation_tag, which depends on it: set
// auth.confirmation_tag before protecting a commit.
AuthenticatedContent sign_content(WireFormat wire_format, FramedContent content,
                                  const GroupContext& context, const SignatureKeyPair& key_pair);

// With the key that goes with the sender: the member's leaf, the group's external_senders, or the
// leaf in the new member's own Add or path. kUnauthenticated also when there is no such key.
Result<void> verify_content(const AuthenticatedContent& content, const GroupContext& context,
                            const LeafLookup& leaf);

}  // namespace sotto::mls
