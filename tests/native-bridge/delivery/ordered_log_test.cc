#include "delivery/ordered_log.h"

#include <gtest/gtest.h>

namespace sotto::bridge::delivery {
namespace {

using std::chrono::seconds;

const Time kStart = from_microseconds(1'000'000);

SharedFrame frame(std::size_t size, char letter = 'x') {
  return std::make_shared<const std::string>(size, letter);
}

DeliveryLimits small() {
  DeliveryLimits limits;
  limits.backlog_messages = 10;
  limits.backlog_bytes = 1000;
  limits.backlog_age = seconds(60);
  limits.little_bytes = 100;
  return limits;
}

TEST(OrderedLog, WhatComesAfterANumberIsThereInOrder) {
  const DeliveryLimits limits = small();
  SharedBytes shared(1 << 20);
  OrderedLog log(limits, shared);
  for (char letter = 'a'; letter <= 'e'; ++letter) log.append(kStart, frame(1, letter));
  EXPECT_EQ(log.last(), 5u);
  std::string all;
  for (const auto& kept : log.frames_after(2)) all += *kept;
  EXPECT_EQ(all, "cde");
  EXPECT_TRUE(log.complete_after(0));
  EXPECT_TRUE(log.complete_after(5));
  EXPECT_TRUE(log.frames_after(5).empty());
}

TEST(OrderedLog, ANumberThatWasNeverGivenIsNotComplete) {
  const DeliveryLimits limits = small();
  SharedBytes shared(1 << 20);
  OrderedLog log(limits, shared);
  log.append(kStart, frame(1));
  EXPECT_FALSE(log.complete_after(2));
  EXPECT_FALSE(log.complete_after(~std::uint64_t{0}));
  EXPECT_TRUE(log.frames_after(~std::uint64_t{0}).empty());
}

TEST(OrderedLog, CountBytesAndAgeAreBoundedAndTheOldestGoesFirst) {
  const DeliveryLimits limits = small();
  SharedBytes shared(1 << 20);
  OrderedLog log(limits, shared);
  for (int i = 0; i < 25; ++i) log.append(kStart, frame(1));
  EXPECT_FALSE(log.complete_after(14));
  EXPECT_TRUE(log.complete_after(15));
  log.append(kStart + seconds(1), frame(998));
  EXPECT_EQ(log.bytes(), 1000u);
  EXPECT_TRUE(log.complete_after(23));
  EXPECT_FALSE(log.complete_after(22));
  EXPECT_EQ(log.next_expiry(), kStart + seconds(60));
  log.expire(kStart + seconds(60));
  EXPECT_FALSE(log.complete_after(24));
  EXPECT_TRUE(log.complete_after(25));
  log.expire(kStart + seconds(61));
  EXPECT_TRUE(log.complete_after(26));
  EXPECT_FALSE(log.complete_after(25));
  EXPECT_EQ(log.bytes(), 0u);
  EXPECT_EQ(shared.used(), 0u);
  EXPECT_EQ(log.next_expiry(), Time::max());
}

TEST(OrderedLog, OneThatIsLargerThanAllThatMayBeKeptIsNumberedButNotKept) {
  const DeliveryLimits limits = small();
  SharedBytes shared(1 << 20);
  OrderedLog log(limits, shared);
  log.append(kStart, frame(2000));
  EXPECT_EQ(log.last(), 1u);
  EXPECT_EQ(log.bytes(), 0u);
  EXPECT_FALSE(log.complete_after(0));
}

TEST(OrderedLog, WhenAllRoomsTogetherKeepTooMuchEachKeepsLittle) {
  const DeliveryLimits limits = small();
  SharedBytes shared(1500);
  OrderedLog first(limits, shared);
  OrderedLog second(limits, shared);
  for (int i = 0; i < 10; ++i) first.append(kStart, frame(100));
  for (int i = 0; i < 5; ++i) second.append(kStart, frame(100));
  EXPECT_EQ(second.bytes(), 500u);
  second.append(kStart, frame(100));
  EXPECT_EQ(second.bytes(), 100u);
  EXPECT_EQ(first.bytes(), 1000u);
  EXPECT_EQ(shared.used(), 1100u);
}

TEST(OrderedLog, GivesBackWhatItCountedWhenItsRoomIsGone) {
  const DeliveryLimits limits = small();
  SharedBytes shared(1500);
  {
    OrderedLog log(limits, shared);
    log.append(kStart, frame(700));
    EXPECT_EQ(shared.used(), 700u);
  }
  EXPECT_EQ(shared.used(), 0u);
}

}  // namespace
}  // namespace sotto::bridge::delivery
