#include "crypto/sha256.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <array>
#include <string>
#include <vector>

#include "base/hex.h"

namespace sotto {
namespace {

using Digest = std::array<std::uint8_t, Sha256::kSize>;

Digest ours(ByteView message) {
  Sha256 hash;
  hash.update(message);
  Digest digest;
  hash.finish(digest);
  return digest;
}

Digest libsodium(ByteView message) {
  Digest digest;
  crypto_hash_sha256(digest.data(), message.data(), message.size());
  return digest;
}

std::vector<std::uint8_t> message_of(std::size_t size) {
  std::vector<std::uint8_t> message(size);
  for (std::size_t i = 0; i < size; ++i) message[i] = static_cast<std::uint8_t>(i * 131 + (i >> 8));
  return message;
}

// NIST, "Secure Hash Standard: example values"; the last is a million times "a".
TEST(Sha256, GivesTheDigestsOfTheStandard) {
  EXPECT_EQ(to_hex(ours(as_bytes(""))),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(ours(as_bytes("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(ours(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(to_hex(ours(as_bytes(std::string(1'000'000, 'a')))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, AgreesWithLibsodiumAtEveryLengthAroundABlock) {
  for (std::size_t size = 0; size <= 5 * Sha256::kBlock; ++size) {
    EXPECT_EQ(ours(message_of(size)), libsodium(message_of(size))) << size;
  }
}

TEST(Sha256, DoesNotCareHowAMessageIsCut) {
  const std::vector<std::uint8_t> message = message_of(3 * Sha256::kBlock + 7);
  for (std::size_t cut = 0; cut <= message.size(); ++cut) {
    Sha256 hash;
    hash.update(ByteView(message).first(cut));
    hash.update(ByteView(message).subspan(cut));
    Digest digest;
    hash.finish(digest);
    EXPECT_EQ(digest, libsodium(message)) << cut;
  }
}

TEST(Sha256, GoesOnFromACopy) {
  const std::vector<std::uint8_t> message = message_of(100);
  Sha256 hash;
  hash.update(ByteView(message).first(70));
  Sha256 copy = hash;
  hash.update(as_bytes("another end"));
  copy.update(ByteView(message).subspan(70));
  Digest digest;
  copy.finish(digest);
  EXPECT_EQ(digest, libsodium(message));
}

TEST(Sha256, LeavesNothingBehind) {
  alignas(Sha256) std::array<std::uint8_t, sizeof(Sha256)> memory;
  auto* hash = new (memory.data()) Sha256;
  hash->update(as_bytes("a secret of someone"));
  hash->~Sha256();
  for (const std::uint8_t byte : memory) EXPECT_EQ(byte, 0);
}

}  // namespace
}  // namespace sotto
