#include "e2ee/sealed_message.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "base/hex.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint8_t kKey[32] = {4, 2};

class SealedMessage : public testing::Test {
 protected:
  SeededRandom random_;
  MessageSealer sealer_{Secret<32>(kKey)};
  Bytes ada_ = Bytes(16, 0xad);
  Bytes bob_ = Bytes(16, 0xb0);

  Bytes seal(std::string_view text) {
    Bytes sealed(text.size() + MessageSealer::kOverhead);
    EXPECT_EQ(*sealer_.seal(ada_, as_bytes(text), random_, sealed), sealed.size());
    return sealed;
  }
  Result<std::string> open(ByteView endpoint, ByteView sealed) {
    Bytes plain(sealed.size());
    TRY(const std::size_t size, sealer_.open(endpoint, sealed, plain));
    return std::string(as_text(ByteView(plain).first(size)));
  }
};

TEST_F(SealedMessage, IsReadByWhoHoldsTheKey) {
  EXPECT_EQ(*open(ada_, seal("my name is Ada")), "my name is Ada");
  EXPECT_EQ(*open(ada_, seal("")), "");
}

TEST_F(SealedMessage, CannotBeGivenOutAsAnothersWords) {
  const Bytes sealed = seal("my name is Ada");
  EXPECT_EQ(open(bob_, sealed).error(), Error::kUnauthenticated);
  EXPECT_EQ(open({}, sealed).error(), Error::kUnauthenticated);
}

TEST_F(SealedMessage, IsRefusedWithAnyByteChangedOrLeftOut) {
  const Bytes sealed = seal("hello");
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    Bytes changed = sealed;
    changed[at] ^= 1;
    EXPECT_EQ(open(ada_, changed).error(), Error::kUnauthenticated) << at;
    const auto cut = open(ada_, ByteView(sealed).first(at));
    EXPECT_EQ(cut.error(),
              at < MessageSealer::kOverhead ? Error::kTruncated : Error::kUnauthenticated);
  }
}

TEST_F(SealedMessage, NeverLooksTheSameTwice) {
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) EXPECT_TRUE(seen.insert(to_hex(seal("hello"))).second);
}

TEST_F(SealedMessage, RefusesTooLittleRoomAndTooLongEndpoints) {
  Bytes out(MessageSealer::kOverhead + 4);
  EXPECT_EQ(sealer_.seal(ada_, Bytes(5), random_, out).error(), Error::kBufferTooSmall);
  EXPECT_EQ(sealer_.seal(Bytes(256), Bytes(1), random_, out).error(), Error::kInvalidArgument);
  const Bytes sealed = seal("hello");
  EXPECT_EQ(sealer_.open(ada_, sealed, MutableBytes(out).first(4)).error(), Error::kBufferTooSmall);
}

}  // namespace
}  // namespace sotto
