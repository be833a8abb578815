#include "crypto/hmac_sha256.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "base/hex.h"

namespace sotto {
namespace {

using Mac = std::array<std::uint8_t, Sha256::kSize>;

template <typename Hmac>
Mac mac_of(ByteView key, ByteView message) {
  Hmac hmac(key);
  hmac.update(message.first(message.size() / 3));
  hmac.update(message.subspan(message.size() / 3));
  Mac mac;
  hmac.finish(mac);
  return mac;
}

// RFC 4231 sections 4.2, 4.3, 4.7 (a key longer than a block).
TEST(CompactHmacSha256, GivesTheMacsOfRfc4231) {
  const std::vector<std::uint8_t> short_key(20, 0x0b), long_key(131, 0xaa);
  EXPECT_EQ(to_hex(mac_of<CompactHmacSha256>(short_key, as_bytes("Hi There"))),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(
      to_hex(mac_of<CompactHmacSha256>(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(mac_of<CompactHmacSha256>(
                long_key, as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(CompactHmacSha256, AgreesWithLibsodiumForKeysOfEveryLength) {
  for (std::size_t size = 0; size <= 200; ++size) {
    const std::vector<std::uint8_t> key(size, static_cast<std::uint8_t>(size + 1));
    const ByteView message =
        as_bytes("a message that is cut in two, and longer than one block is!!");
    EXPECT_EQ(mac_of<CompactHmacSha256>(key, message), mac_of<HmacSha256>(key, message)) << size;
  }
}

TEST(CompactHmacSha256, GoesOnFromACopy) {
  const CompactHmacSha256 keyed(as_bytes("key"));
  CompactHmacSha256 first = keyed, second = keyed;
  first.update(as_bytes("one message"));
  second.update(as_bytes("another"));
  Mac mac;
  first.finish(mac);
  EXPECT_EQ(mac, mac_of<HmacSha256>(as_bytes("key"), as_bytes("one message")));
  second.finish(mac);
  EXPECT_EQ(mac, mac_of<HmacSha256>(as_bytes("key"), as_bytes("another")));
}

}  // namespace
}  // namespace sotto
