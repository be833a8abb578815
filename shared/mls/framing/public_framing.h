// Messages in the clear (RFC 9420 section 6.2): signed, and by members with a membership tag.
#pragma once

#include "mls/framing/epoch_keys.h"
#include "mls/wire/public_message.h"

namespace sotto::mls {

// kInvalidArgument when the content was signed for another wire format, or breaks the rules of
// content_rules.h. A sender outside the group needs no membership key (any will do).
Result<PublicMessage> protect_public(AuthenticatedContent content, const GroupContext& context,
                                     const Secret<kNh>& membership_key);

// kWrongState for another group or epoch; otherwise kUnauthenticated, whatever the reason. The
// confirmation tag of a commit is for the caller to check: it takes the next epoch's keys.
Result<AuthenticatedContent> unprotect_public(PublicMessage message, const EpochKeys& epoch);

}  // namespace sotto::mls
