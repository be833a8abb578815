#include "datagram/datagram_queue.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

TEST(DatagramQueue, KeepsOrderAndBytes) {
  DatagramQueue queue(100, 10);
  const Path path{0, *Address::from_text("192.0.2.1", 5)};
  queue.push(path, as_bytes("one"));
  queue.push(path, as_bytes("three"));
  ASSERT_EQ(queue.datagrams().size(), 2u);
  EXPECT_EQ(as_text(queue.bytes(queue.datagrams()[1])), "three");
  queue.clear();
  EXPECT_TRUE(queue.empty());
}

TEST(DatagramQueue, DropsAndCountsWhatDoesNotFit) {
  DatagramQueue queue(4, 2);
  queue.push({}, as_bytes("abc"));
  queue.push({}, as_bytes("de"));
  queue.push({}, as_bytes("f"));
  queue.push({}, as_bytes("g"));
  EXPECT_EQ(queue.datagrams().size(), 2u);
  EXPECT_EQ(queue.dropped(), 2u);
}

}  // namespace
}  // namespace sotto::bridge
