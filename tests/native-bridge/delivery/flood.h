// An attack on a room's delivery (security profile, section 9): Eve, one member of a hundred, sends
// as much as she may, so that more waits than the room's rate lets out. How long what Ben says then
// is on its way: the same in a build with the fair queue and in one without.
#pragma once

#include "native-bridge/delivery/room_of_members.h"

namespace sotto::bridge::delivery::test {

class Flood {
 public:
  explicit Flood(FrameKind kind) : kind_(kind), room_(limits()) {
    for (unsigned who = 1; who <= 100; ++who) room_.follow(who);
    for (int i = 0; i < 100; ++i) go_on();
  }

  // Until Ben's message has come to Ann.
  Duration wait_of_ben() {
    const Time sent = room_.now;
    EXPECT_TRUE(room_.send(kBen, kind_, "Ben's"));
    while (room_.now < sent + seconds(60)) {
      go_on();
      for (const Heard& one : room_.of(kAnn, kind_)) {
        if (one.sender == named(kBen)) return one.at - sent;
      }
    }
    return room_.now - sent;
  }
  // Nothing is taken from her but the turns of others.
  std::size_t heard_of_eve() {
    std::size_t heard = 0;
    for (const Heard& one : room_.of(kAnn, kind_)) heard += one.sender == named(kEve);
    return heard;
  }

 private:
  static constexpr unsigned kAnn = 1, kBen = 2, kEve = 3;

  static DeliveryLimits limits() {
    DeliveryLimits limits;
    limits.room_bytes_per_second = 1u << 20;
    return limits;
  }
  void go_on() {
    (void)room_.send(kEve, kind_, std::string(8000, 'x'));
    room_.pass(milliseconds(100));
  }

  FrameKind kind_;
  RoomOfMembers room_;
};

}  // namespace sotto::bridge::delivery::test
