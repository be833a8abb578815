#include "net/datagram_runs.h"

#include <gtest/gtest.h>

#include <string>

namespace sotto::bridge {
namespace {

Path to(std::uint16_t port) {
  return {.remote = *Address::from_text("192.0.2.1", port)};
}

void push(DatagramQueue& queue, const Path& path, std::size_t size) {
  queue.push(path, std::vector<std::uint8_t>(size, 7));
}

// "1:100+100+40 2:50": destination by port, sizes of each run.
std::string drawn(const DatagramQueue& queue) {
  DatagramRuns runs;
  runs.build(queue);
  std::string out;
  for (const auto& run : runs.runs()) {
    if (!out.empty()) out += " ";
    auto order = runs.order().subspan(run.first, run.count);
    out += std::to_string(queue.datagrams()[order[0]].path.remote.port()) + ":";
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto& datagram = queue.datagrams()[order[i]];
      EXPECT_EQ(datagram.path, queue.datagrams()[order[0]].path);
      out += (i ? "+" : "") + std::to_string(datagram.size);
    }
  }
  return out;
}

TEST(DatagramRuns, EqualSizesToOneDestinationAreOneRun) {
  DatagramQueue queue;
  for (int i = 0; i < 3; ++i) push(queue, to(1), 100);
  EXPECT_EQ(drawn(queue), "1:100+100+100");
}

TEST(DatagramRuns, ShorterOneEndsARunAndLongerOneBeginsTheNext) {
  DatagramQueue queue;
  for (std::size_t size : {100u, 100u, 40u, 40u, 100u}) push(queue, to(1), size);
  EXPECT_EQ(drawn(queue), "1:100+100+40 1:40 1:100");
}

TEST(DatagramRuns, FanOutIsGatheredByDestinationInOrder) {
  DatagramQueue queue;
  for (std::size_t size : {100u, 100u, 90u}) {
    for (std::uint16_t port = 1; port <= 3; ++port) push(queue, to(port), size);
  }
  EXPECT_EQ(drawn(queue), "1:100+100+90 2:100+100+90 3:100+100+90");
}

TEST(DatagramRuns, RunsKeepTheKernelsLimits) {
  DatagramQueue queue;
  for (int i = 0; i < 65; ++i) push(queue, to(1), 10);
  for (int i = 0; i < 55; ++i) push(queue, to(2), 1200);
  DatagramRuns runs;
  runs.build(queue);
  ASSERT_EQ(runs.runs().size(), 4u);
  EXPECT_EQ(runs.runs()[0].count, 64u);
  EXPECT_EQ(runs.runs()[1].count, 1u);
  EXPECT_EQ(runs.runs()[2].count, 54u);
  EXPECT_EQ(runs.runs()[3].count, 1u);
}

TEST(DatagramRuns, IceTcpIsLeftOut) {
  DatagramQueue queue;
  Path tcp = to(1);
  tcp.connection = 5;
  push(queue, tcp, 100);
  push(queue, to(1), 100);
  EXPECT_EQ(drawn(queue), "1:100");
}

TEST(DatagramRuns, ManyDestinationsAreAllFound) {
  DatagramQueue queue(1 << 20, 4000);
  for (int round = 0; round < 2; ++round) {
    for (std::uint16_t port = 1; port <= 1500; ++port) push(queue, to(port), 20);
  }
  DatagramRuns runs;
  runs.build(queue);
  EXPECT_EQ(runs.runs().size(), 1500u);
  EXPECT_EQ(runs.order().size(), 3000u);
  for (const auto& run : runs.runs()) EXPECT_EQ(run.count, 2u);
}

TEST(DatagramRuns, NothingOfTheLastFlushIsLeft) {
  DatagramQueue queue;
  DatagramRuns runs;
  push(queue, to(1), 100);
  runs.build(queue);
  queue.clear();
  runs.build(queue);
  EXPECT_TRUE(runs.runs().empty());
  EXPECT_TRUE(runs.order().empty());
}

}  // namespace
}  // namespace sotto::bridge
