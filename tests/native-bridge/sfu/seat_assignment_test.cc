#include "sfu/seat_assignment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

using testing::ElementsAre;

GroupKey camera(std::uint32_t endpoint) { return {EndpointIndex{endpoint}, Group::kCamera}; }
GroupKey screen(std::uint32_t endpoint) { return {EndpointIndex{endpoint}, Group::kScreen}; }

using Seats = std::vector<std::optional<GroupKey>>;

std::vector<GroupKey> chosen(std::uint32_t self, std::vector<GroupKey> wanted,
                             const GroupOrder& order, std::size_t seats) {
  std::vector<GroupKey> result;
  choose_groups(EndpointIndex{self}, wanted, order, seats, result);
  return result;
}

TEST(SeatAssignment, EverybodyButOneselfIsSeatedWhileSeatsSuffice) {
  GroupOrder order;
  for (std::uint32_t i = 0; i < 4; ++i) order.add(camera(i));
  EXPECT_THAT(chosen(2, {}, order, 8), ElementsAre(camera(0), camera(1), camera(3)));
}

TEST(SeatAssignment, WantedOnesComeFirstThenScreensThenTheLastSpeakers) {
  GroupOrder order;
  for (std::uint32_t i = 0; i < 6; ++i) order.add(camera(i));
  order.add(screen(5));
  order.on_speech(EndpointIndex{4});
  EXPECT_THAT(chosen(0, {camera(2)}, order, 4),
              ElementsAre(camera(2), screen(5), camera(4), camera(1)));
}

TEST(SeatAssignment, ANewSpeakerReplacesTheOneWhoSpokeLeastRecently) {
  GroupOrder order;
  for (std::uint32_t i = 0; i < 5; ++i) order.add(camera(i));
  order.on_speech(EndpointIndex{1});
  order.on_speech(EndpointIndex{0});
  Seats seats(2);
  fill_seats(chosen(9, {}, order, 2), seats);
  EXPECT_THAT(seats, ElementsAre(camera(0), camera(1)));
  order.on_speech(EndpointIndex{3});
  fill_seats(chosen(9, {}, order, 2), seats);
  EXPECT_THAT(seats, ElementsAre(camera(0), camera(3))) << "the other one stays where it was";
}

TEST(SeatAssignment, NobodyMovesWhenSomebodyLeaves) {
  GroupOrder order;
  for (std::uint32_t i = 0; i < 4; ++i) order.add(camera(i));
  Seats seats(4);
  fill_seats(chosen(9, {}, order, 4), seats);
  order.remove(camera(1));
  fill_seats(chosen(9, {}, order, 4), seats);
  EXPECT_THAT(seats, ElementsAre(camera(0), std::nullopt, camera(2), camera(3)));
  order.add(camera(7));
  fill_seats(chosen(9, {}, order, 4), seats);
  EXPECT_THAT(seats, ElementsAre(camera(0), camera(7), camera(2), camera(3)));
}

TEST(SeatAssignment, ARepeatedWishTakesOneSeat) {
  GroupOrder order;
  order.add(camera(1));
  order.add(camera(2));
  EXPECT_THAT(chosen(0, {camera(1), camera(1)}, order, 4), ElementsAre(camera(1), camera(2)));
}

TEST(SeatAssignment, SeatsGrowInSteps) {
  EXPECT_EQ(seats_needed(0, 16), 0u);
  EXPECT_EQ(seats_needed(1, 16), 2u);
  EXPECT_EQ(seats_needed(3, 16), 4u);
  EXPECT_EQ(seats_needed(9, 16), 16u);
  EXPECT_EQ(seats_needed(400, 16), 16u);
  EXPECT_EQ(seats_needed(400, 20), 20u);
  EXPECT_EQ(seats_needed(5, 1), 1u);
}

TEST(SeatAssignment, AScreenThatEndsIsForgotten) {
  GroupOrder order;
  order.add(camera(1));
  order.add(screen(1));
  order.remove(screen(1));
  order.add(camera(2));
  order.on_speech(EndpointIndex{2});
  EXPECT_THAT(chosen(0, {}, order, 1), ElementsAre(camera(2)));
}

}  // namespace
}  // namespace sotto::bridge
