#include "room/early_messages.h"

#include <gtest/gtest.h>

#include <vector>

namespace sotto::room {
namespace {

using std::chrono::seconds;

const Time kStart = from_microseconds(1'000'000);

Endpoint endpoint(std::uint8_t number) {
  Endpoint endpoint{};
  endpoint[0] = number;
  return endpoint;
}

std::vector<std::uint8_t> message(std::size_t size, std::uint8_t first) {
  std::vector<std::uint8_t> bytes(size);
  bytes[0] = first;
  return bytes;
}

std::size_t waiting_of(EarlyMessages& early, std::uint8_t sender) {
  std::size_t count = 0;
  for (const EarlyMessage& one : early.take_all()) count += one.sender == endpoint(sender);
  return count;
}

TEST(EarlyMessages, WaitInTheOrderOfArrivalUntilTheyAreTaken) {
  EarlyMessages early(seconds(30));
  for (std::uint8_t i = 0; i < 3; ++i) early.keep(endpoint(1), message(4, i), kStart);
  EXPECT_EQ(early.bytes(), 12u);
  const auto second = early.take_first([](ByteView bytes) { return bytes[0] == 1; });
  ASSERT_TRUE(second);
  EXPECT_EQ(second->bytes[0], 1);
  EXPECT_FALSE(early.take_first([](ByteView bytes) { return bytes[0] == 1; }));
  early.erase_if([](ByteView bytes) { return bytes[0] == 0; });
  EXPECT_EQ(early.bytes(), 4u);
  ASSERT_EQ(early.take_all().size(), 1u);
  EXPECT_EQ(early.bytes(), 0u);
}

TEST(EarlyMessages, WaitForAWhileAndNoLonger) {
  EarlyMessages early(seconds(30));
  EXPECT_FALSE(early.next_expiry());
  early.keep(endpoint(1), message(4, 0), kStart);
  early.keep(endpoint(1), message(4, 1), kStart + seconds(10));
  EXPECT_EQ(early.next_expiry(), kStart + seconds(30));
  early.expire(kStart + seconds(29));
  EXPECT_EQ(early.size(), 2u);
  early.expire(kStart + seconds(30));
  EXPECT_EQ(early.size(), 1u);
  EXPECT_EQ(early.bytes(), 4u);
}

TEST(EarlyMessages, AFloodTakesNoPlaceFromAnybodyElse) {
  EarlyMessages early(seconds(30));
  for (int i = 0; i < 20; ++i) early.keep(endpoint(1), message(100, 0), kStart);
  for (int i = 0; i < 5000; ++i) early.keep(endpoint(9), message(100, 0), kStart);
  EXPECT_EQ(early.size(), EarlyMessages::kMaxMessages);
  EXPECT_EQ(waiting_of(early, 1), 20u);
  for (int i = 0; i < 300; ++i) early.keep(endpoint(9), message(65'000, 0), kStart);
  EXPECT_LE(early.bytes(), EarlyMessages::kMaxBytes);
  for (int i = 0; i < 20; ++i) early.keep(endpoint(1), message(1000, 0), kStart);
  EXPECT_LE(early.bytes(), EarlyMessages::kMaxBytes);
  EXPECT_EQ(waiting_of(early, 1), 20u) << "also who comes after it";
}

TEST(EarlyMessages, OfOneSenderTheLatestAreKept) {
  EarlyMessages early(seconds(30));
  for (int i = 0; i < 300; ++i) {
    early.keep(endpoint(1), message(4, static_cast<std::uint8_t>(i >= 44)), kStart);
  }
  EXPECT_EQ(early.size(), 256u);
  EXPECT_FALSE(early.take_first([](ByteView bytes) { return bytes[0] == 0; }));
}

TEST(EarlyMessages, OneThatIsLargerThanAllTheRoomDoesNotWait) {
  EarlyMessages early(seconds(30));
  early.keep(endpoint(1), message(4, 0), kStart);
  early.keep(endpoint(9), message(EarlyMessages::kMaxBytes + 1, 0), kStart);
  EXPECT_EQ(early.size(), 1u);
  EXPECT_EQ(waiting_of(early, 1), 1u);
}

}  // namespace
}  // namespace sotto::room
