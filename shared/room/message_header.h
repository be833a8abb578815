// What an MLS message of a group shows to everybody (RFC 9420 section 6): which group and epoch it
// says that it is of. Nothing here is authenticated: it says where a message is to be tried, or
// kept. Handshakes that are no PrivateMessages are for judge_handshake to refuse.
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

// kMalformed, kTruncated; kUnsupported for what is neither a PrivateMessage nor a PublicMessage.
inline Result<MessageHeader> read_message_header(ByteView message) {
  mls::Reader in(message);
  constexpr std::uint16_t kMls10 = 1;
  if (in.u16() != kMls10) return fail(Error::kUnsupported);
  const std::uint16_t format = in.u16();
  const bool sealed = format == static_cast<std::uint16_t>(mls::WireFormat::kPrivateMessage);
  if (!sealed && format != static_cast<std::uint16_t>(mls::WireFormat::kPublicMessage)) {
    return fail(Error::kUnsupported);
  }
  MessageHeader header;
  in.opaque(header.group_id);
  header.epoch = in.u64();
  const std::uint8_t content_type = in.u8();
  // In the clear there is only a sender here, and never application data.
  const auto is = [&](mls::ContentType type) {
    return sealed && content_type == static_cast<std::uint8_t>(type);
  };
  header.application = is(mls::ContentType::kApplication);
  header.commit = is(mls::ContentType::kCommit);
  if (!in.ok()) return fail(in.error());
  return header;
}

}  // namespace sotto::room
