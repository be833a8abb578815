// A room of hundreds: the work for one packet, one speaker or one who joins grows with the
// people, not with their square.
#include <gtest/gtest.h>

#include <chrono>

#include "native-bridge/sfu/synthetic_stream.h"

namespace sotto::bridge {
namespace {

std::vector<EndpointIndex> fill(Room& room, std::uint32_t people) {
  std::vector<EndpointIndex> all;
  room.sink.keep = false;
  for (std::uint32_t i = 0; i < people; ++i) {
    all.push_back(room.join());
    room.publish(all.back(), {microphone(2 * i, 10 * i + 1), camera(2 * i + 1, 10 * i + 2)});
  }
  return all;
}

TEST(LargeRoom, FiveHundredPeopleEachHaveSixteenSeats) {
  Room room;
  const auto all = fill(room, 500);
  for (const EndpointIndex index : all) {
    std::size_t seated = 0;
    for (const SeatView& view : room.conference.seat_views(index)) seated += view.occupant.has_value();
    ASSERT_EQ(seated, 16u);
  }
}

TEST(LargeRoom, APacketGoesToThoseWhoSeeItAndToNobodyElse) {
  Room room;
  const auto all = fill(room, 500);
  Vp8Stream shown{.ssrc = 2};          // the first to come: in everybody's seats
  Vp8Stream unseen{.ssrc = 4992};      // the last: in nobody's
  room.sink.count = 0;
  room.rtp(all[0], shown.frame(true, 1)[0]);
  EXPECT_EQ(room.sink.count, 499u);
  room.sink.count = 0;
  room.rtp(all[499], unseen.frame(true, 1)[0]);
  EXPECT_EQ(room.sink.count, 0u);
}

TEST(LargeRoom, ANewSpeakerMovesOneSeatOfEachReceiver) {
  Room room;
  const auto all = fill(room, 500);
  room.seat_changes.clear();
  OpusStream voice{.ssrc = 4001};
  for (int i = 0; i < 50; ++i) {
    room.rtp(all[400], voice.packet(20));
    room.advance(std::chrono::milliseconds(20));
  }
  std::size_t changes = 0;
  for (const auto& [viewer, seats] : room.seat_changes) changes += seats.size();
  EXPECT_EQ(changes, 499u);
  EXPECT_TRUE(room.seat_of(all[3], all[400]));
}

TEST(LargeRoom, LeavingCleansUpAndTheRoomIsIdleAtTheEnd) {
  Room room;
  const auto all = fill(room, 200);
  Vp8Stream video{.ssrc = 2};
  for (int i = 0; i < 30; ++i) {
    room.rtp(all[0], video.frame(i == 0, 1)[0]);
    room.advance(std::chrono::milliseconds(33));
  }
  for (std::size_t i = 0; i < all.size(); ++i) room.leave(all[i]);
  EXPECT_EQ(room.conference.endpoint_count(), 0u);
  EXPECT_EQ(room.conference.next_timeout(), Time::max());
  const EndpointIndex again = room.join();
  EXPECT_TRUE(room.conference.seat_views(again).empty() ||
              !room.conference.seat_views(again)[0].occupant);
}

}  // namespace
}  // namespace sotto::bridge
