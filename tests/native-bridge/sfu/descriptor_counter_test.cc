#include "sfu/descriptor_counter.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

TEST(DescriptorCounter, TheFirstSourceKeepsItsValues) {
  DescriptorCounter counter;
  CounterOffset source;
  EXPECT_EQ(counter.map(500, 15, source), 500);
  EXPECT_EQ(counter.map(501, 15, source), 501);
}

TEST(DescriptorCounter, TheNextSourceGoesOnAndItsLateValuesKeepTheirPlace) {
  DescriptorCounter counter;
  CounterOffset first;
  counter.map(0x7ffe, 15, first);
  counter.map(0x7fff, 15, first);
  CounterOffset second;
  EXPECT_EQ(counter.map(90, 15, second), 0) << "turns over after 15 bits";
  EXPECT_EQ(counter.map(92, 15, second), 2);
  EXPECT_EQ(counter.map(91, 15, second), 1);
  CounterOffset third;
  EXPECT_EQ(counter.map(7, 15, third), 3);
  EXPECT_EQ(mapped_before(91, 15, second), 1) << "for resending";
}

TEST(DescriptorCounter, NarrowFieldsTurnOver) {
  DescriptorCounter counter;
  CounterOffset source;
  for (std::uint16_t i = 0; i < 300; ++i) EXPECT_EQ(counter.map(i & 0x7f, 7, source), i & 0x7f);
  CounterOffset next;
  EXPECT_EQ(counter.map(0, 7, next), (300 & 0x7f));
}

}  // namespace
}  // namespace sotto::bridge
