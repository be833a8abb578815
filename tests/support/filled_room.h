// A room with people in it who have all heard each other.
#pragma once

#include <gtest/gtest.h>

#include "support/room_network.h"

namespace sotto::room::test {

// Ann, who founds it, and guests.
inline std::vector<Participant*> fill(RoomNetwork& room, int size) {
  using std::chrono::seconds;
  std::vector<Participant*> all{&room.join("Ann")};
  room.run(seconds(1));
  for (int i = 1; i < size; ++i) all.push_back(&room.join("guest " + std::to_string(i)));
  EXPECT_TRUE(room.run_until_true(seconds(3), [&] { return room.agree(all); }));
  room.run(seconds(5));
  EXPECT_TRUE(room.agree(all));
  return all;
}

}  // namespace sotto::room::test
