#include "datagram/classify.h"

#include <gtest/gtest.h>

#include <vector>

namespace sotto::bridge {
namespace {

DatagramKind of(std::uint8_t first, std::uint8_t second, std::size_t size = 20) {
  std::vector<std::uint8_t> datagram(size);
  if (size > 0) datagram[0] = first;
  if (size > 1) datagram[1] = second;
  return classify(datagram);
}

TEST(Classify, FollowsTheRangesOfRfc7983) {
  for (int first = 0; first < 256; ++first) {
    DatagramKind expected = DatagramKind::kUnknown;
    if (first <= 3) expected = DatagramKind::kStun;
    if (first >= 20 && first <= 63) expected = DatagramKind::kDtls;
    if (first >= 128 && first <= 191) expected = DatagramKind::kRtp;
    EXPECT_EQ(of(static_cast<std::uint8_t>(first), 96), expected) << first;
  }
}

TEST(Classify, TellsRtcpByItsPacketType) {
  for (int second = 0; second < 256; ++second) {
    const bool rtcp = second >= 192 && second <= 223;
    EXPECT_EQ(of(0x80, static_cast<std::uint8_t>(second)),
              rtcp ? DatagramKind::kRtcp : DatagramKind::kRtp)
        << second;
  }
}

TEST(Classify, WhatIsTooShortForItsKindIsUnknown) {
  EXPECT_EQ(of(0, 1, 19), DatagramKind::kUnknown);
  EXPECT_EQ(of(22, 254, 12), DatagramKind::kUnknown);
  EXPECT_EQ(of(0x80, 96, 11), DatagramKind::kUnknown);
  EXPECT_EQ(of(0x80, 200, 7), DatagramKind::kUnknown);
  EXPECT_EQ(of(0x80, 200, 8), DatagramKind::kRtcp);
  EXPECT_EQ(of(0, 0, 0), DatagramKind::kUnknown);
}

}  // namespace
}  // namespace sotto::bridge
