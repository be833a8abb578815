#include "cc/abs_send_time.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

TEST(AbsSendTime, IsSixBitsOfSecondsAnd18OfTheirFraction) {
  EXPECT_EQ(abs_send_time(Time(std::chrono::seconds(1))), 1u << 18);
  EXPECT_EQ(abs_send_time(Time(std::chrono::milliseconds(500))), 1u << 17);
  EXPECT_EQ(abs_send_time(Time(std::chrono::seconds(64))), 0u) << "wraps";
  EXPECT_EQ(abs_send_time(Time(std::chrono::hours(24 * 365 * 100))) >> 24, 0u);
}

}  // namespace
}  // namespace sotto::bridge
