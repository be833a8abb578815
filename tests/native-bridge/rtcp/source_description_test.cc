#include "rtcp/source_description.h"

#include <gtest/gtest.h>

#include "native-bridge/rtcp/one_packet.h"

namespace sotto::bridge::rtcp {
namespace {

TEST(SourceDescription, ComesBackAsWrittenWhateverItsLength) {
  for (std::size_t size : {0u, 1u, 2u, 3u, 4u, 16u, 255u}) {
    const std::string cname(size, 'c');
    const OnePacket packet([&](ByteWriter& writer) { write_source_description(writer, 9, cname); });
    SourceDescriptionReader reader(*packet);
    SourceDescription chunk;
    ASSERT_TRUE(reader.next(chunk)) << size;
    EXPECT_EQ(chunk.ssrc, 9u);
    EXPECT_EQ(chunk.cname, cname);
    EXPECT_FALSE(reader.next(chunk));
  }
}

TEST(SourceDescription, ReadsSeveralChunksAndSkipsOtherItems) {
  const auto bytes = *from_hex(
      "82ca0006"
      "00000001"
      "0201410101420000"
      "00000002"
      "01025858"
      "00000000");
  CompoundReader compound(bytes);
  Packet packet;
  ASSERT_TRUE(compound.next(packet));
  SourceDescriptionReader reader(packet);
  SourceDescription chunk;
  ASSERT_TRUE(reader.next(chunk));
  EXPECT_EQ(chunk.cname, "B");
  ASSERT_TRUE(reader.next(chunk));
  EXPECT_EQ(chunk.ssrc, 2u);
  EXPECT_EQ(chunk.cname, "XX");
}

TEST(SourceDescription, StopsAtAnItemThatDoesNotFit) {
  const auto bytes = *from_hex(
      "81ca0002"
      "00000001"
      "01ff4141");
  CompoundReader compound(bytes);
  Packet packet;
  ASSERT_TRUE(compound.next(packet));
  SourceDescriptionReader reader(packet);
  SourceDescription chunk;
  EXPECT_FALSE(reader.next(chunk));
}

TEST(Bye, ComesBackAsWritten) {
  const std::uint32_t ssrcs[] = {3, 4};
  const OnePacket packet([&](ByteWriter& writer) { write_bye(writer, ssrcs); });
  EXPECT_EQ(packet.hex(), "82cb00020000000300000004");
  ByeReader reader(*packet);
  std::uint32_t ssrc = 0;
  ASSERT_TRUE(reader.next(ssrc));
  ASSERT_TRUE(reader.next(ssrc));
  EXPECT_EQ(ssrc, 4u);
  EXPECT_FALSE(reader.next(ssrc));
}

}  // namespace
}  // namespace sotto::bridge::rtcp
