#include "datagram/tcp_framing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace sotto::bridge {
namespace {

using ::testing::ElementsAre;

std::string framed(std::string_view datagram) {
  const auto header = tcp_frame_header(datagram.size());
  return std::string(header.begin(), header.end()) + std::string(datagram);
}

// Feeds the stream in pieces of `piece` bytes; returns the datagrams.
std::vector<std::string> cut(TcpDeframer& deframer, std::string_view stream, std::size_t piece) {
  std::vector<std::string> datagrams;
  while (!stream.empty() && !deframer.failed()) {
    const MutableBytes room = deframer.room();
    const std::size_t size = std::min({piece, room.size(), stream.size()});
    std::copy_n(stream.begin(), size, room.begin());
    stream.remove_prefix(size);
    deframer.received(size);
    while (const auto datagram = deframer.next()) datagrams.emplace_back(as_text(*datagram));
  }
  return datagrams;
}

TEST(TcpDeframer, CutsAStreamHoweverItIsSplit) {
  const std::string stream = framed("one") + framed("") + framed(std::string(4000, 'x')) +
                             framed("three") + framed(std::string(4096, 'y'));
  for (std::size_t piece : {1u, 2u, 3u, 7u, 1000u, 100000u}) {
    TcpDeframer deframer;
    EXPECT_THAT(cut(deframer, stream, piece),
                ElementsAre("one", std::string(4000, 'x'), "three", std::string(4096, 'y')));
    EXPECT_FALSE(deframer.failed());
  }
}

TEST(TcpDeframer, AFrameOverTheLimitEndsTheConnection) {
  TcpDeframer deframer;
  EXPECT_THAT(cut(deframer, framed("one") + framed(std::string(4097, 'x')), 100),
              ElementsAre("one"));
  EXPECT_TRUE(deframer.failed());
  EXPECT_TRUE(deframer.room().empty());
}

}  // namespace
}  // namespace sotto::bridge
