// Messages in the clear (RFC 9420 section 6.2).
#pragma once

#include "mls/wire/framed_content.h"

namespace sotto::mls {

struct PublicMessage {
  FramedContent content;
  FramedContentAuthData auth;
  Mac membership_tag;  // of members alone
  friend bool operator==(const PublicMessage&, const PublicMessage&) = default;
};

void read(Reader& in, PublicMessage& message);
void write(Writer& out, const PublicMessage& message);

}  // namespace sotto::mls
