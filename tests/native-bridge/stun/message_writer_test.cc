#include "stun/message_writer.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "stun/message.h"

namespace sotto::bridge::stun {
namespace {

constexpr char kPassword[] = "e6f315ad3fbdace4ee951060";

TransactionId transaction(std::string_view text) {
  TransactionId id{};
  std::copy(text.begin(), text.end(), id.begin());
  return id;
}

TEST(StunMessageWriter, WritesTheResponseThatChromiumAccepted) {
  // Recorded; pion's answer to the check in message_test.cc.
  const std::string recorded =
      "0101002c2112a442584873616c74323539453834002000080001e937e112a640000800141e5ab704110016f40be1"
      "decdf2186ff2a7fbbc02802800049f63a1d9";
  std::array<std::uint8_t, 100> buffer;
  MessageWriter writer(buffer, kBindingSuccess, transaction("XHsalt259E84"));
  writer.add_xor_mapped_address(*Address::from_text("192.0.2.2", 0xe937 ^ 0x2112));
  writer.add_integrity(kPassword);
  writer.add_fingerprint();
  ASSERT_TRUE(writer.finish());
  EXPECT_EQ(to_hex(*writer.finish()), recorded);
}

TEST(StunMessageWriter, WhatItWritesCanBeReadBack) {
  std::array<std::uint8_t, 200> buffer;
  MessageWriter writer(buffer, kBindingRequest, transaction("abcdefghijkl"));
  writer.add(kUsername, as_bytes("left:right"));
  writer.add_u64(kIceControlled, 7);
  writer.add_u32(kPriority, 99);
  writer.add(kUseCandidate, {});
  writer.add_xor_mapped_address(*Address::from_text("2001:db8::17", 443));
  writer.add_error_code(487, "Role Conflict");
  writer.add_integrity("password");
  writer.add_fingerprint();
  const auto message = Message::parse(*writer.finish());
  ASSERT_TRUE(message);
  EXPECT_EQ(message->username, "left:right");
  EXPECT_EQ(message->controlled, 7u);
  EXPECT_EQ(message->priority, 99u);
  EXPECT_TRUE(message->use_candidate);
  EXPECT_EQ(message->mapped_address, *Address::from_text("2001:db8::17", 443));
  EXPECT_EQ(message->error_code, 487);
  EXPECT_TRUE(message->has_integrity("password"));
  EXPECT_TRUE(message->has_fingerprint());
}

TEST(StunMessageWriter, SaysWhenTheBufferIsTooSmall) {
  std::array<std::uint8_t, 64> buffer;
  for (std::size_t size = 0; size < 56; ++size) {
    MessageWriter writer(MutableBytes(buffer).first(size), kBindingSuccess, {});
    writer.add_xor_mapped_address(*Address::from_text("192.0.2.2", 1));
    writer.add_integrity(kPassword);
    EXPECT_FALSE(writer.finish()) << size;
  }
}

}  // namespace
}  // namespace sotto::bridge::stun
