// What a flood does to the others in the real build; without the fair queue:
// delivery_by_arrival/flood_attacks_test.cc.
#include "native-bridge/delivery/flood.h"

namespace sotto::bridge::delivery {
namespace {

using std::chrono::seconds;
using test::Flood;

TEST(FloodAttacks, NobodysCommitIsKeptFromTheRoom) {
  Flood flood(FrameKind::kHandshake);
  EXPECT_LE(flood.wait_of_ben(), seconds(2));
  EXPECT_GT(flood.heard_of_eve(), 0u);
}

TEST(FloodAttacks, NobodyIsMadeSilent) {
  Flood flood(FrameKind::kApplication);
  EXPECT_LE(flood.wait_of_ben(), seconds(2));
  EXPECT_GT(flood.heard_of_eve(), 0u);
}

}  // namespace
}  // namespace sotto::bridge::delivery
