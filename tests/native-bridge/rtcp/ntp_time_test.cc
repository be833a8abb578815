#include "rtcp/ntp_time.h"

#include <gtest/gtest.h>

namespace sotto::bridge::rtcp {
namespace {

TEST(NtpTime, IsSecondsAndTheirFraction) {
  EXPECT_EQ(ntp_from(Time(std::chrono::milliseconds(1500))), 0x1'8000'0000u);
  EXPECT_EQ(compact(0x0123456789abcdef), 0x456789abu);
}

TEST(NtpTime, CompactDurationsComeBack) {
  for (int ms : {0, 1, 999, 5000, 65000}) {
    const Duration duration = std::chrono::milliseconds(ms);
    const Duration back = duration_from_compact(compact_ntp(duration));
    EXPECT_LE(duration - back, Duration(16)) << ms;
    EXPECT_GE(duration, back);
  }
  EXPECT_EQ(compact_ntp(Duration(-1)), 0u);
  EXPECT_EQ(compact_ntp(std::chrono::hours(30)), 0xffffffffu);
}

}  // namespace
}  // namespace sotto::bridge::rtcp
