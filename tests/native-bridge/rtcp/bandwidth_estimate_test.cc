#include "rtcp/bandwidth_estimate.h"

#include <gtest/gtest.h>

#include "native-bridge/rtcp/one_packet.h"
#include "native-bridge/rtp/captured_packets.h"

namespace sotto::bridge::rtcp {
namespace {

TEST(BandwidthEstimate, ComesBackRoundedDownTo18Bits) {
  for (std::uint64_t rate : {0ull, 1ull, 262143ull, 262144ull, 1234567ull, 40000000000ull}) {
    const std::uint32_t ssrcs[] = {8, 9};
    const OnePacket packet([&](ByteWriter& writer) {
      write_bandwidth_estimate(writer, {1, rate}, ssrcs);
    });
    const auto estimate = BandwidthEstimate::parse(*packet);
    ASSERT_TRUE(estimate);
    EXPECT_LE(estimate->bits_per_second, rate);
    EXPECT_GE(estimate->bits_per_second + rate / 131072, rate);
  }
}

TEST(BandwidthEstimate, BothBrowsersSayPlausibleRates) {
  for (const char* name : {"chromium-feedback-remb", "firefox-feedback-remb"}) {
    int count = 0;
    for (const CapturedPacket& captured : sotto::bridge::fixture(name).packets) {
      if (!captured.rtcp || !captured.from_browser) continue;
      CompoundReader reader(captured.bytes);
      for (Packet packet; reader.next(packet);) {
        if (const auto estimate = BandwidthEstimate::parse(packet)) {
          EXPECT_GT(estimate->bits_per_second, 10000u);
          EXPECT_LT(estimate->bits_per_second, 1000000000u);
          ++count;
        }
      }
    }
    EXPECT_GT(count, 0) << name;
  }
}

TEST(BandwidthEstimate, RefusesRatesThatNoIntegerHolds) {
  const auto bytes = *from_hex(
      "8fce0004"
      "00000001"
      "00000000"
      "52454d42"
      "00ffffff");
  CompoundReader reader(bytes);
  Packet packet;
  ASSERT_TRUE(reader.next(packet));
  EXPECT_EQ(BandwidthEstimate::parse(packet).error(), Error::kMalformed);
}

TEST(BandwidthEstimate, OtherApplicationFeedbackIsNotOne) {
  const auto bytes = *from_hex(
      "8fce0004"
      "00000001"
      "00000000"
      "41424344"
      "00ffffff");
  CompoundReader reader(bytes);
  Packet packet;
  ASSERT_TRUE(reader.next(packet));
  EXPECT_EQ(BandwidthEstimate::parse(packet).error(), Error::kWrongState);
}

}  // namespace
}  // namespace sotto::bridge::rtcp
