#include "mls/wire/public_message.h"

namespace sotto::mls {

void read(Reader& in, PublicMessage& message) {
  read(in, message.content);
  read_auth(in, message.content.content_type(), message.auth);
  if (message.content.sender.sender_type == SenderType::kMember) in.opaque(message.membership_tag);
}

void write(Writer& out, const PublicMessage& message) {
  write(out, message.content);
  write_auth(out, message.content.content_type(), message.auth);
  if (message.content.sender.sender_type == SenderType::kMember) out.opaque(message.membership_tag);
}

}  // namespace sotto::mls
