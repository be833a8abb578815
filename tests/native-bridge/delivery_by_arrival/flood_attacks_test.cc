// The same flood where whoever came first is served first: it succeeds. (With the fair queue:
// delivery/flood_attacks_test.cc.)
#include "native-bridge/delivery/flood.h"

namespace sotto::bridge::delivery {
namespace {

using std::chrono::seconds;
using test::Flood;

// The others take Ben for gone by then, or commit in his place, behind the same flood.
TEST(FloodWithoutTurns, ACommitIsKeptFromTheRoom) {
  EXPECT_GE(Flood(FrameKind::kHandshake).wait_of_ben(), seconds(30));
}

TEST(FloodWithoutTurns, AMemberIsMadeSilent) {
  EXPECT_GE(Flood(FrameKind::kApplication).wait_of_ben(), seconds(10));
}

}  // namespace
}  // namespace sotto::bridge::delivery
