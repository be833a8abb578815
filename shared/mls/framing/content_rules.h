// Who may send what, and how (RFC 9420 sections 6, 6.1, 12.1.8 and 12.4.3.2), whatever the group's
// state is.
#pragma once

#include "base/result.h"
#include "mls/wire/framed_content.h"

namespace sotto::mls {

// kMalformed for: application data as a PublicMessage; a PrivateMessage from outside the group;
// from outside, anything but proposals (of a new member only an Add, of an external sender no
// Update and no ExternalInit), and from a new member's commit, anything but a commit with a path.
Result<void> check_content_rules(WireFormat wire_format, const FramedContent& content);

}  // namespace sotto::mls
