#include "sdp/direction.h"

#include <gtest/gtest.h>

#include "native-bridge/sdp/sdp_fixtures.h"

namespace sotto::bridge::sdp {
namespace {

std::string direction_of(const std::string& session, const std::string& media) {
  const auto sdp = parsed("v=0\n" + session + "m=audio 9 X 1\n" + media);
  const Direction direction = read_direction(sdp, sdp.media[0]);
  return std::string(direction.send ? "send" : "") + (direction.receive ? "recv" : "");
}

TEST(Direction, IsTheMLinesElseTheSessionsElseBoth) {
  EXPECT_EQ(direction_of("", ""), "sendrecv");
  EXPECT_EQ(direction_of("a=recvonly\n", ""), "recv");
  EXPECT_EQ(direction_of("a=recvonly\n", "a=sendonly\n"), "send");
  EXPECT_EQ(direction_of("", "a=inactive\n"), "");
}

}  // namespace
}  // namespace sotto::bridge::sdp
