#include "rtp/retransmission_cache.h"

#include <gtest/gtest.h>

#include "support/seeded_random.h"

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;
using Numbers = std::vector<std::uint16_t>;

Time at(int ms) {
  return Time(milliseconds(ms));
}

std::vector<std::uint8_t> packet(std::uint16_t sequence, std::size_t size = 100) {
  std::vector<std::uint8_t> bytes(size, static_cast<std::uint8_t>(sequence));
  bytes[0] = static_cast<std::uint8_t>(sequence >> 8);
  return bytes;
}

TEST(RetransmissionCache, GivesBackWhatItWasGivenOverTheWrap) {
  RetransmissionCache cache;
  for (std::uint16_t sequence : Numbers{65534, 65535, 0, 1}) {
    cache.insert(at(0), sequence, packet(sequence, 50u + sequence % 7u));
  }
  for (std::uint16_t sequence : Numbers{65534, 65535, 0, 1}) {
    EXPECT_TRUE(equal(cache.find(at(1), sequence), packet(sequence, 50u + sequence % 7u)));
  }
  EXPECT_TRUE(cache.find(at(1), 2).empty());
}

TEST(RetransmissionCache, ForgetsAfterASecond) {
  RetransmissionCache cache;
  cache.insert(at(0), 1, packet(1));
  EXPECT_FALSE(cache.find(at(1000), 1).empty());
  EXPECT_TRUE(cache.find(at(1001), 1).empty());
}

TEST(RetransmissionCache, HoldsTheNewest512) {
  RetransmissionCache cache;
  for (std::uint16_t i = 0; i < 600; ++i) cache.insert(at(0), i, packet(i));
  EXPECT_TRUE(cache.find(at(0), 87).empty());
  EXPECT_TRUE(equal(cache.find(at(0), 88), packet(88)));
  EXPECT_TRUE(equal(cache.find(at(0), 599), packet(599)));
}

TEST(RetransmissionCache, ASlowStreamTakesLittleMemory) {
  RetransmissionCache cache;
  EXPECT_EQ(cache.memory(), 0u);
  for (int i = 0; i < 3000; ++i) {  // 30 packets a second
    const auto sequence = static_cast<std::uint16_t>(i);
    cache.insert(at(i * 33), sequence, packet(sequence));
  }
  EXPECT_LE(cache.memory(), 3u * 16 * 1500);
}

TEST(RetransmissionCache, NeverExceedsItsSlotsWhateverTheNumbers) {
  RetransmissionCache cache;
  test::SeededRandom random(3);
  for (int i = 0; i < 100000; ++i) {
    cache.insert(at(i / 100), static_cast<std::uint16_t>(random.u32()), packet(1));
  }
  EXPECT_LE(cache.memory(), 512u * 1500);
}

TEST(RetransmissionCache, WhatItFindsIsAlwaysThePacketOfThatNumber) {
  RetransmissionCache cache;
  test::SeededRandom random(4);
  int found = 0;
  for (int i = 0; i < 200000; ++i) {
    const auto base = static_cast<std::uint16_t>(i);
    const auto sequence = static_cast<std::uint16_t>(base + random.below(40));
    cache.insert(at(i / 10), sequence, packet(sequence, 2 + sequence % 90u));
    const auto asked = static_cast<std::uint16_t>(base - random.below(600));
    const ByteView got = cache.find(at(i / 10), asked);
    if (got.empty()) continue;
    ++found;
    ASSERT_TRUE(equal(got, packet(asked, 2 + asked % 90u)));
  }
  EXPECT_GT(found, 10000);
}

TEST(RetransmissionCache, LatePacketsAreKeptOversizedAreNot) {
  RetransmissionCache cache;
  cache.insert(at(0), 10, packet(10));
  cache.insert(at(0), 9, packet(9));
  EXPECT_FALSE(cache.find(at(0), 9).empty());
  cache.insert(at(0), 11, packet(11, 1501));
  EXPECT_TRUE(cache.find(at(0), 11).empty());
}

TEST(RetransmissionCache, ClearForgetsEverythingAndKeepsTheMemory) {
  RetransmissionCache cache;
  cache.insert(at(0), 10, packet(10));
  const std::size_t memory = cache.memory();
  cache.clear();
  EXPECT_TRUE(cache.find(at(0), 10).empty());
  cache.insert(at(0), 40000, packet(7));
  EXPECT_FALSE(cache.find(at(0), 40000).empty());
  EXPECT_EQ(cache.memory(), memory);
}

}  // namespace
}  // namespace sotto::bridge
