// Encrypted messages (RFC 9420 section 6.3).
#pragma once

#include <array>

#include "mls/wire/framed_content.h"

namespace sotto::mls {

struct PrivateMessage {
  Bytes group_id;
  std::uint64_t epoch = 0;
  ContentType content_type = ContentType::kApplication;
  Bytes authenticated_data;
  Bytes encrypted_sender_data;
  Bytes ciphertext;
  friend bool operator==(const PrivateMessage&, const PrivateMessage&) = default;
};

struct SenderData {
  LeafIndex leaf_index;
  std::uint32_t generation = 0;
  std::array<std::uint8_t, 4> reuse_guard{};
  friend bool operator==(const SenderData&, const SenderData&) = default;
};

void read(Reader& in, PrivateMessage& message);
void write(Writer& out, const PrivateMessage& message);
void read(Reader& in, SenderData& sender_data);
void write(Writer& out, const SenderData& sender_data);

// PrivateContentAAD and SenderDataAAD.
Bytes private_content_aad(const PrivateMessage& message);
Bytes sender_data_aad(const PrivateMessage& message);

}  // namespace sotto::mls
