// What an MLS PrivateMessage shows to everybody (RFC 9420 sections 6 and 6.3): which group and
// epoch it says that it is of. Rooms take no other handshakes (security profile, section 4), and
// nothing here is authenticated: it says where a message is to be tried, or kept.
#pragma once

#include "mls/bytes.h"
#include "mls/wire/codec.h"
#include "mls/wire/types.h"

namespace sotto::room {

struct MessageHeader {
  mls::Bytes group_id;
  std::uint64_t epoch = 0;
  bool application = false;
  bool commit = false;
};

// kMalformed, kTruncated; kUnsupported for everything but a PrivateMessage.
inline Result<MessageHeader> read_message_header(ByteView message) {
  mls::Reader in(message);
  constexpr std::uint16_t kMls10 = 1;
  if (in.u16() != kMls10) return fail(Error::kUnsupported);
  if (in.u16() != static_cast<std::uint16_t>(mls::WireFormat::kPrivateMessage)) {
    return fail(Error::kUnsupported);
  }
  MessageHeader header;
  in.opaque(header.group_id);
  header.epoch = in.u64();
  const std::uint8_t content_type = in.u8();
  header.application = content_type == static_cast<std::uint8_t>(mls::ContentType::kApplication);
  header.commit = content_type == static_cast<std::uint8_t>(mls::ContentType::kCommit);
  if (!in.ok()) return fail(in.error());
  return header;
}

}  // namespace sotto::room
