// Who is shown to whom, as clients see it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "native-bridge/sfu/synthetic_stream.h"

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;

TEST(ConferenceSeating, SeatsGrowWithTheGroupsOfOthers) {
  Room room;
  const auto ann = room.join();
  EXPECT_EQ(room.seats_offered[ann], 2u) << "so that a connection is up when the next one comes";
  for (std::uint32_t i = 0; i < 3; ++i) room.publish(room.join(), {camera(i, 10)});
  EXPECT_EQ(room.seats_offered[ann], 4u);
  room.publish(ann, {camera(9, 10)});
  EXPECT_EQ(room.seats_offered[ann], 4u) << "one's own group needs no seat";
}

TEST(ConferenceSeating, ALatecomerIsOfferedSeatsAtOnce) {
  Room room;
  const auto ann = room.join();
  room.publish(ann, {camera(2, 20)});
  const auto bob = room.join();
  EXPECT_EQ(room.seats_offered[bob], 2u);
  EXPECT_TRUE(room.seat_of(bob, ann));
}

TEST(ConferenceSeating, ASeatShowsAudioAndVideoOfOneEndpointsGroup) {
  Room room;
  const auto ann = room.join();
  const auto bob = room.join();
  room.publish(ann, {microphone(1, 10), camera(2, 20)});
  ASSERT_EQ(room.seat_changes[bob].size(), 1u);
  const SeatView view = room.seat_changes[bob][0];
  EXPECT_EQ(view.seat, 0u);
  ASSERT_TRUE(view.occupant);
  EXPECT_EQ(*view.occupant, (Occupant{ann, Group::kCamera, TrackId{1}, TrackId{2}}));
}

TEST(ConferenceSeating, ATrackThatIsAddedOrEndsChangesTheSeatInPlace) {
  Room room;
  const auto ann = room.join();
  const auto bob = room.join();
  room.publish(ann, {microphone(1, 10)});
  EXPECT_FALSE(room.seat_changes[bob].back().occupant->video);
  room.publish(ann, {microphone(1, 10), camera(2, 20)});
  EXPECT_EQ(room.seat_changes[bob].back().occupant->video, TrackId{2});
  EXPECT_EQ(room.seat_changes[bob].back().seat, 0u);
  room.publish(ann, {});
  EXPECT_FALSE(room.seat_changes[bob].back().occupant);
  EXPECT_EQ(room.seat_changes[bob].size(), 3u);
}

TEST(ConferenceSeating, AScreenHasASeatOfItsOwn) {
  Room room;
  const auto ann = room.join();
  const auto bob = room.join();
  PublishedTrack screen = camera(3, 30);
  screen.source = Source::kScreen;
  screen.mid = "2";
  room.publish(ann, {camera(2, 20), screen});
  EXPECT_NE(room.seat_of(bob, ann, Group::kScreen), room.seat_of(bob, ann, Group::kCamera));
  EXPECT_TRUE(room.seat_of(bob, ann, Group::kScreen));
}

TEST(ConferenceSeating, WhoLeavesFreesTheSeatForTheNext) {
  Room room;
  const auto ann = room.join();
  const auto bob = room.join();
  const auto eve = room.join();
  room.publish(ann, {camera(1, 10)});
  room.publish(bob, {camera(2, 20)});
  const auto seat = room.seat_of(eve, ann);
  const auto bobs = room.seat_of(eve, bob);
  room.leave(ann);
  EXPECT_FALSE(room.seat_of(eve, ann));
  EXPECT_EQ(room.seat_of(eve, bob), bobs) << "nobody moves";
  const auto dan = room.join();
  room.publish(dan, {camera(3, 30)});
  EXPECT_EQ(room.seat_of(eve, dan), seat);
}

TEST(ConferenceSeating, SeatsFillOnlyOnceTheOfferIsAnswered) {
  Room room;
  room.answers = false;
  const auto ann = room.join();
  const auto bob = room.join();
  room.publish(ann, {camera(1, 10)});
  EXPECT_TRUE(room.seat_changes[bob].empty());
  EXPECT_EQ(room.conference.seats(bob).size(), 2u);
  room.conference.set_seats_negotiated(room.now, bob, 2, subscribe_parameters());
  room.drain();
  EXPECT_TRUE(room.seat_of(bob, ann));
}

TEST(ConferenceSeating, EverySeatsStreamsDiffer) {
  Room room;
  for (int i = 0; i < 9; ++i) room.publish(room.join(), {camera(static_cast<std::uint32_t>(i), 10)});
  std::set<std::uint32_t> ssrcs;
  std::set<std::string> cnames;
  for (const SeatStreams& seat : room.conference.seats(EndpointIndex{0})) {
    ssrcs.insert({seat.audio_ssrc, seat.video_ssrc, seat.video_rtx_ssrc});
    cnames.insert(seat.cname);
  }
  EXPECT_EQ(ssrcs.size(), 3u * 8u);
  EXPECT_EQ(cnames.size(), 8u);
}

TEST(ConferenceSeating, WishesComeFirstWhenSeatsAreShort) {
  Room room({.seats = 2});
  const auto viewer = room.join();
  std::vector<EndpointIndex> others;
  for (std::uint32_t i = 0; i < 5; ++i) {
    others.push_back(room.join());
    room.publish(others.back(), {camera(i, 100 * (i + 1))});
  }
  EXPECT_TRUE(room.seat_of(viewer, others[0]));
  room.want(viewer, {{others[4], Group::kCamera, 360}, {others[3], Group::kCamera, 180}});
  EXPECT_TRUE(room.seat_of(viewer, others[4]));
  EXPECT_TRUE(room.seat_of(viewer, others[3]));
  EXPECT_FALSE(room.seat_of(viewer, others[0]));
}

TEST(ConferenceSeating, ASpeakerOutsideTheSeatsComesInAndAWantedOneStays) {
  Room room({.seats = 2});
  const auto viewer = room.join();
  std::vector<EndpointIndex> others;
  for (std::uint32_t i = 0; i < 4; ++i) {
    others.push_back(room.join());
    room.publish(others.back(), {microphone(i, 100 + i)});
  }
  room.want(viewer, {{others[0], Group::kCamera, 360}});
  EXPECT_TRUE(room.seat_of(viewer, others[1]));
  OpusStream voice{.ssrc = 103};
  for (int i = 0; i < 50; ++i) {
    room.rtp(others[3], voice.packet(20));
    room.advance(milliseconds(20));
  }
  EXPECT_TRUE(room.seat_of(viewer, others[0]));
  EXPECT_TRUE(room.seat_of(viewer, others[3]));
  EXPECT_FALSE(room.seat_of(viewer, others[1]));
  ASSERT_FALSE(room.speaker_changes.empty());
  EXPECT_THAT(room.speaker_changes.front(), ElementsAre(others[3]));
}

TEST(ConferenceSeating, AWishForSomebodyWhoLeftDoesNotBecomeAWishForTheNext) {
  Room room({.seats = 1});
  const auto viewer = room.join();
  const auto ann = room.join();
  const auto bob = room.join();
  room.publish(ann, {camera(1, 10)});
  room.publish(bob, {camera(2, 20)});
  room.want(viewer, {{ann, Group::kCamera, 360}});
  room.leave(ann);
  const auto dan = room.join();  // gets Ann's index
  room.publish(dan, {camera(3, 30)});
  EXPECT_TRUE(room.seat_of(viewer, bob));
  EXPECT_FALSE(room.seat_of(viewer, dan));
}

TEST(ConferenceSeating, AFullConferenceTakesNobody) {
  Room room({.endpoints = 2});
  room.join();
  const auto bob = room.join();
  EXPECT_FALSE(room.conference.add_endpoint(room.now));
  room.leave(bob);
  EXPECT_TRUE(room.conference.add_endpoint(room.now));
}

TEST(ConferenceSeating, APauseKeepsTheSeatAndAStrangersTrackIsRefused) {
  Room room;
  const auto ann = room.join();
  const auto bob = room.join();
  room.publish(ann, {camera(1, 10)});
  EXPECT_TRUE(room.conference.set_paused(room.now, ann, TrackId{1}, true));
  EXPECT_FALSE(room.conference.set_paused(room.now, bob, TrackId{1}, true));
  EXPECT_TRUE(room.seat_of(bob, ann));
}

}  // namespace
}  // namespace sotto::bridge
