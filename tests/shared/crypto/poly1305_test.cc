// Against libsodium, where carries go furthest: keys with every bit that the clamp leaves, messages
// of ones, and sums close to 2^130 - 5, found by solving for the last block.
#include "crypto/poly1305.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <vector>

#include "base/hex.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

// `message` is whole blocks: the AEAD has no others.
std::string tag_of(ByteView key, ByteView message) {
  Poly1305 mac(key.first<32>());
  mac.padded(message);
  std::uint8_t tag[16];
  mac.finish(tag);
  return to_hex(tag);
}

std::string libsodium_tag(ByteView key, ByteView message) {
  std::uint8_t tag[16];
  crypto_onetimeauth_poly1305(tag, message.data(), message.size(), key.data());
  return to_hex(tag);
}

Bytes blocks(std::initializer_list<std::string_view> hex) {
  Bytes all;
  for (std::string_view block : hex) {
    const auto bytes = *from_hex(block);
    all.insert(all.end(), bytes.begin(), bytes.end());
  }
  return all;
}

Bytes key_of(std::string_view r, std::string_view s) {
  return blocks({r, s});
}

constexpr std::string_view kZeros = "00000000000000000000000000000000";
constexpr std::string_view kOnes = "ffffffffffffffffffffffffffffffff";
constexpr std::string_view kR1 = "01000000000000000000000000000000";
constexpr std::string_view kR2 = "02000000000000000000000000000000";
constexpr std::string_view kR4 = "04000000000000000000000000000000";

// RFC 8439 appendix A.3, those of whole blocks.
TEST(Poly1305, MatchesRfc8439WhereSumsPassTheModulus) {
  EXPECT_EQ(tag_of(key_of(kZeros, kZeros), Bytes(64)), kZeros);
  EXPECT_EQ(tag_of(key_of(kR2, kZeros), blocks({kOnes})), "03000000000000000000000000000000");
  EXPECT_EQ(tag_of(key_of(kR2, kOnes), blocks({kR2})), "03000000000000000000000000000000");
  EXPECT_EQ(tag_of(key_of(kR1, kZeros), blocks({kOnes, "f0ffffffffffffffffffffffffffffff",
                                                "11000000000000000000000000000000"})),
            "05000000000000000000000000000000");
  EXPECT_EQ(tag_of(key_of(kR1, kZeros), blocks({kOnes, "fbfefefefefefefefefefefefefefefe",
                                                "01010101010101010101010101010101"})),
            kZeros);
  EXPECT_EQ(tag_of(key_of(kR2, kZeros), blocks({"fdffffffffffffffffffffffffffffff"})),
            "faffffffffffffffffffffffffffffff");
  const Bytes long_one =
      blocks({"e33594d7505e43b900000000000000003394d7505e4379cd01000000000000"
              "00",
              kZeros, kR1});
  EXPECT_EQ(tag_of(key_of("01000000000000000400000000000000", kZeros), long_one),
            "14000000000000005500000000000000");
  EXPECT_EQ(
      tag_of(key_of("01000000000000000400000000000000", kZeros), ByteView(long_one).first(48)),
      "13000000000000000000000000000000");
}

TEST(Poly1305, AgreesWithLibsodiumForEveryNumberOfBlocks) {
  SeededRandom random;
  for (std::size_t count = 0; count < 200; ++count) {
    const Bytes key = random.bytes(32), message = random.bytes(16 * count);
    ASSERT_EQ(tag_of(key, message), libsodium_tag(key, message)) << count;
  }
}

// Each byte of r and of the message is one of those at the ends of its range, or random.
TEST(Poly1305, AgreesWithLibsodiumForExtremeKeysAndMessages) {
  SeededRandom random(2);
  const std::uint8_t ends[] = {0x00, 0xff, 0x01, 0xfe, 0x0f, 0xfc, 0xfb, 0x80};
  const auto extreme = [&](std::size_t size) {
    Bytes bytes = random.bytes(size);
    const std::size_t kinds = 1 + random.below(8), rarely = 1 + random.below(32);
    for (std::uint8_t& byte : bytes) {
      if (random.below(rarely) != 0 || rarely == 1) byte = ends[random.below(kinds)];
    }
    return bytes;
  };
  for (int i = 0; i < 20'000; ++i) {
    Bytes key = extreme(32), message = extreme(16 * (1 + random.below(20)));
    if (i % 3 == 0) std::fill(key.begin(), key.begin() + 16, 0xff);
    if (i % 5 == 0) std::fill(message.begin(), message.end(), 0xff);
    ASSERT_EQ(tag_of(key, message), libsodium_tag(key, message)) << to_hex(key);
  }
}

// With r = 1 the sum of two blocks is their plain sum plus 2^129: choosing the second decides how
// far from 2^130 - 5 it ends, on either side. r = 2 and r = 4 do it with a product.
TEST(Poly1305, ReducesExactlyAtTheModulus) {
  for (std::string_view r : {kR1, kR2, kR4}) {
    for (int distance = -20; distance <= 20; ++distance) {
      for (std::string_view first : {kZeros, kOnes, std::string_view(kR1)}) {
        Bytes message = blocks({first, kOnes, kOnes, kOnes});
        for (std::size_t block = 1; block < 4; ++block) {
          message[16 * block] = static_cast<std::uint8_t>(0xfb + distance);
        }
        const Bytes key = key_of(r, kOnes);
        for (std::size_t count = 1; count <= 4; ++count) {
          const ByteView part = ByteView(message).first(16 * count);
          ASSERT_EQ(tag_of(key, part), libsodium_tag(key, part)) << r << " " << distance;
        }
      }
    }
  }
}

TEST(Poly1305, PadsThePartsOfAnAeadWithZeros) {
  SeededRandom random(3);
  for (std::size_t size = 0; size < 100; ++size) {
    const Bytes key = random.bytes(32);
    Bytes message = random.bytes(size);
    const std::string tag = tag_of(key, message);
    message.resize((size + 15) / 16 * 16);
    ASSERT_EQ(tag, libsodium_tag(key, message)) << size;
  }
}

TEST(Poly1305, TakesSizesAs64BitNumbers) {
  SeededRandom random(4);
  const Bytes key = random.bytes(32);
  const auto tag = [&](std::size_t aad, std::size_t text) {
    Poly1305 mac(ByteView(key).first<32>());
    mac.sizes(aad, text);
    std::uint8_t out[16];
    mac.finish(out);
    return to_hex(out);
  };
  EXPECT_EQ(tag(12, 300), libsodium_tag(key, *from_hex("0c000000000000002c01000000000000")));
  EXPECT_EQ(tag(0x1234567890, 0x9876543210),
            libsodium_tag(key, *from_hex("90785634120000001032547698000000")));
}

}  // namespace
}  // namespace sotto
