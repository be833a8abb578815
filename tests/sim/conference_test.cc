// People in a room see and hear each other, whoever comes and goes.
#include <gtest/gtest.h>

#include "sim/world.h"

namespace sotto::bridge::sim {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const std::vector<Source> kBoth{Source::kMicrophone, Source::kCamera};

// Whether `receiver` has as much of `sender`'s track as was sent while it could receive.
void expect_received(const Participant& receiver, const Participant& sender, Source source,
                     std::size_t at_least) {
  const Reception* reception = receiver.from(sender, source);
  ASSERT_TRUE(reception) << receiver.number() << " has nothing of " << sender.number() << "'s "
                         << name(source);
  EXPECT_GE(reception->counters.size(), at_least)
      << receiver.number() << " of " << sender.number() << "'s " << name(source);
  if (kind_of(source) == MediaKind::kVideo) {
    EXPECT_TRUE(reception->began_with_key_frame)
        << receiver.number() << " of " << sender.number() << "'s " << name(source);
  }
}

void expect_everybody_receives_everybody(const World& world, std::size_t audio, std::size_t video) {
  for (const auto& receiver : world.participants) {
    EXPECT_EQ(receiver->corrupted(), 0u);
    EXPECT_EQ(receiver->claims_broken, 0u);
    for (const auto& sender : world.participants) {
      if (sender == receiver) continue;
      expect_received(*receiver, *sender, Source::kMicrophone, audio);
      expect_received(*receiver, *sender, Source::kCamera, video);
    }
  }
}

TEST(Conference, TwoPeopleReceiveEachOtherByteForByte) {
  World world(1);
  world.add(kBoth);
  world.add(kBoth);
  world.run_for(seconds(4));
  // Of 50 audio packets and 40 video packets a second, three seconds at least.
  expect_everybody_receives_everybody(world, 150, 120);
}

TEST(Conference, TwelvePeopleReceiveEachOther) {
  World world(12);
  for (int i = 0; i < 12; ++i) {
    world.add(kBoth);
    world.run_for(milliseconds(150));
  }
  world.run_for(seconds(4));
  expect_everybody_receives_everybody(world, 150, 120);
}

TEST(Conference, TheFirstFrameComesWithinHalfASecondOfJoining) {
  World world(3);
  world.add(kBoth);
  world.run_for(seconds(3));
  Participant& late = world.add(kBoth);
  const Time clicked = world.now;
  ASSERT_TRUE(world.run_until(seconds(2), [&] {
    return late.from(*world.participants[0], Source::kCamera) != nullptr &&
           world.participants[0]->from(late, Source::kCamera) != nullptr;
  }));
  EXPECT_LT(world.now - clicked, milliseconds(500));
}

TEST(Conference, ALonelyParticipantIsOfferedSeatsBeforeAnybodyComes) {
  World world(4);
  Participant& alone = world.add({});
  world.run_for(seconds(2));
  EXPECT_EQ(alone.heard["offer"], 1);
  EXPECT_GE(alone.offered_seats, 2);
  ASSERT_TRUE(alone.subscriber);
  EXPECT_TRUE(alone.subscriber->secure());
}

TEST(Conference, WhoJoinsAFullTableNeedsOneOffer) {
  World world(5);
  for (int i = 0; i < 6; ++i) world.add(kBoth);
  world.run_for(seconds(2));
  Participant& seventh = world.add(kBoth);
  world.run_for(seconds(2));
  EXPECT_EQ(seventh.heard["offer"], 1);
  EXPECT_EQ(seventh.offered_seats, 8);
}

TEST(Conference, WhoLeavesIsGoneFromEverySeat) {
  World world(6);
  Participant& stays = world.add(kBoth);
  Participant& goes = world.add(kBoth);
  world.run_for(seconds(2));
  world.leave(goes);
  world.run_for(seconds(1));
  EXPECT_TRUE(goes.closed);
  EXPECT_FALSE(stays.others.contains(goes.endpoint()));
  for (const auto& [number, seat] : stays.seats) EXPECT_EQ(seat.endpoint, "") << number;
  const std::size_t received = stays.from(goes, Source::kMicrophone)->counters.size();
  world.run_for(seconds(1));
  EXPECT_EQ(stays.from(goes, Source::kMicrophone)->counters.size(), received);
  EXPECT_EQ(world.bridge.stats().endpoints, 1u);
}

TEST(Conference, ASeatIsFilledAgainByTheNextWhoComes) {
  World world(7);
  Participant& stays = world.add(kBoth);
  Participant& goes = world.add(kBoth);
  world.run_for(seconds(2));
  world.leave(goes);
  world.run_for(milliseconds(500));
  Participant& comes = world.add(kBoth);
  world.run_for(seconds(3));
  EXPECT_EQ(stays.heard["offer"], 1);
  expect_received(stays, comes, Source::kMicrophone, 100);
  expect_received(stays, comes, Source::kCamera, 80);
  EXPECT_EQ(stays.corrupted(), 0u);
}

TEST(Conference, APausedTrackKeepsItsSeatAndComesBack) {
  World world(8);
  Participant& watcher = world.add(kBoth);
  Participant& muted = world.add(kBoth);
  world.run_for(seconds(2));
  muted.pause(Source::kCamera, true);
  world.run_for(seconds(2));
  const auto seated = std::count_if(watcher.seats.begin(), watcher.seats.end(), [&](const auto& s) {
    return s.second.endpoint == muted.endpoint() && s.second.video;
  });
  EXPECT_EQ(seated, 1);
  const auto& tracks = watcher.others.at(muted.endpoint()).at("tracks").as_array();
  EXPECT_EQ(std::count_if(tracks.begin(), tracks.end(),
                          [](const auto& track) { return track.at("paused").as_bool(); }),
            1);
  const std::size_t while_paused = watcher.from(muted, Source::kCamera)->counters.size();
  muted.pause(Source::kCamera, false);
  world.run_for(seconds(2));
  EXPECT_GT(watcher.from(muted, Source::kCamera)->counters.size(), while_paused + 60);
}

TEST(Conference, AScreenIsASecondGroupOfTheSameEndpoint) {
  World world(9);
  Participant& watcher = world.add({});
  Participant& shows = world.add(kBoth);
  world.run_for(seconds(2));
  shows.publish(world.now, {Source::kMicrophone, Source::kCamera, Source::kScreen});
  world.run_for(seconds(3));
  expect_received(watcher, shows, Source::kScreen, 80);
  std::set<std::string> groups;
  for (const auto& [number, seat] : watcher.seats) {
    if (seat.endpoint == shows.endpoint()) groups.insert(seat.group);
  }
  EXPECT_EQ(groups, (std::set<std::string>{"camera", "screen"}));
  // Left out: the track ends, the camera goes on.
  shows.publish(world.now, kBoth);
  world.run_for(seconds(1));
  const std::size_t ended = watcher.from(shows, Source::kScreen)->counters.size();
  const std::size_t camera = watcher.from(shows, Source::kCamera)->counters.size();
  world.run_for(seconds(1));
  EXPECT_EQ(watcher.from(shows, Source::kScreen)->counters.size(), ended);
  EXPECT_GT(watcher.from(shows, Source::kCamera)->counters.size(), camera + 30);
}

TEST(Conference, RoomsHearNothingOfEachOther) {
  World world(10);
  Participant& one = world.add(kBoth, "one");
  Participant& two = world.add(kBoth, "two");
  world.run_for(seconds(3));
  EXPECT_TRUE(one.receptions.empty());
  EXPECT_TRUE(two.receptions.empty());
  EXPECT_TRUE(one.others.empty());
  EXPECT_EQ(world.bridge.stats().rooms, 2u);
}

}  // namespace
}  // namespace sotto::bridge::sim
