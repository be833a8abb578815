#include "datagram/tcp_framing.h"

#include <gtest/gtest.h>

#include <cstring>
#include <numeric>

namespace sotto::bridge {
namespace {

std::vector<std::uint8_t> packet_of(std::size_t size) {
  std::vector<std::uint8_t> packet(size);
  std::iota(packet.begin(), packet.end(), std::uint8_t{1});
  return packet;
}

// Feeds `stream` in pieces of `step` bytes and returns what comes out.
std::vector<std::vector<std::uint8_t>> read_all(TcpFrameReader& reader, ByteView stream,
                                                std::size_t step) {
  std::vector<std::vector<std::uint8_t>> frames;
  while (!stream.empty() && !reader.failed()) {
    MutableBytes space = reader.space();
    std::size_t size = std::min({step, space.size(), stream.size()});
    EXPECT_GT(size, 0u);
    if (size == 0) break;
    std::memcpy(space.data(), stream.data(), size);
    stream = stream.subspan(size);
    reader.commit(size);
    while (auto frame = reader.next()) frames.emplace_back(frame->begin(), frame->end());
  }
  return frames;
}

TEST(TcpFraming, FramesComeOutWholeHoweverTheStreamIsCut) {
  std::vector<std::uint8_t> stream;
  std::vector<std::vector<std::uint8_t>> sent;
  for (std::size_t size : {1u, 2u, 20u, 1200u, 4096u, 7u}) {
    sent.push_back(packet_of(size));
    ASSERT_TRUE(append_tcp_frame(stream, sent.back(), 1 << 20));
  }
  for (std::size_t step : {1u, 2u, 3u, 100u, 1201u, 100000u}) {
    TcpFrameReader reader;
    EXPECT_EQ(read_all(reader, stream, step), sent) << "in pieces of " << step;
  }
}

TEST(TcpFraming, LengthIsTwoBytesBigEndian) {
  std::vector<std::uint8_t> stream;
  ASSERT_TRUE(append_tcp_frame(stream, packet_of(300), 1000));
  EXPECT_EQ(stream[0], 1);
  EXPECT_EQ(stream[1], 44);
  EXPECT_EQ(stream.size(), 302u);
}

TEST(TcpFraming, FrameLongerThanOurPacketsEndsTheStream) {
  TcpFrameReader reader;
  std::vector<std::uint8_t> stream = {0x10, 0x01, 1, 2, 3};  // 4097
  EXPECT_TRUE(read_all(reader, stream, 100).empty());
  EXPECT_TRUE(reader.failed());
  EXPECT_FALSE(reader.next());
}

TEST(TcpFraming, EmptyFramesAreSkipped) {
  TcpFrameReader reader;
  std::vector<std::uint8_t> stream = {0, 0, 0, 0, 0, 1, 9, 0, 0};
  EXPECT_EQ(read_all(reader, stream, 1), (std::vector<std::vector<std::uint8_t>>{{9}}));
}

TEST(TcpFraming, FullQueueTakesNothingOfAFrame) {
  std::vector<std::uint8_t> out;
  EXPECT_TRUE(append_tcp_frame(out, packet_of(8), 10));
  EXPECT_FALSE(append_tcp_frame(out, packet_of(1), 12));
  EXPECT_EQ(out.size(), 10u);
  EXPECT_FALSE(append_tcp_frame(out, std::vector<std::uint8_t>(65536), 1 << 20));
}

}  // namespace
}  // namespace sotto::bridge
