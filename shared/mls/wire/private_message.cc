#include "mls/wire/private_message.h"

#include <algorithm>

#include "mls/wire/fields.h"

namespace sotto::mls {
namespace {

// What both AADs begin with.
void write_start(Writer& out, const PrivateMessage& message) {
  out.opaque(message.group_id);
  out.u64(message.epoch);
  write(out, message.content_type);
}

}  // namespace

void read(Reader& in, PrivateMessage& message) {
  in.opaque(message.group_id);
  message.epoch = in.u64();
  read_closed(in, message.content_type, ContentType::kCommit);
  in.opaque(message.authenticated_data);
  in.opaque(message.encrypted_sender_data);
  in.opaque(message.ciphertext);
}

void write(Writer& out, const PrivateMessage& message) {
  write_start(out, message);
  out.opaque(message.authenticated_data);
  out.opaque(message.encrypted_sender_data);
  out.opaque(message.ciphertext);
}

void read(Reader& in, SenderData& sender_data) {
  read(in, sender_data.leaf_index);
  sender_data.generation = in.u32();
  ByteView guard = in.bytes(sender_data.reuse_guard.size());
  std::copy(guard.begin(), guard.end(), sender_data.reuse_guard.begin());
}

void write(Writer& out, const SenderData& sender_data) {
  write(out, sender_data.leaf_index);
  out.u32(sender_data.generation);
  out.bytes(sender_data.reuse_guard);
}

Bytes private_content_aad(const PrivateMessage& message) {
  Writer out;
  write_start(out, message);
  out.opaque(message.authenticated_data);
  return std::move(out).take();
}

Bytes sender_data_aad(const PrivateMessage& message) {
  Writer out;
  write_start(out, message);
  return std::move(out).take();
}

}  // namespace sotto::mls
