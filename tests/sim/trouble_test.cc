// Networks and sockets that fail, and media that comes back by itself.
#include <gtest/gtest.h>

#include "sim/world.h"

namespace sotto::bridge::sim {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const std::vector<Source> kBoth{Source::kMicrophone, Source::kCamera};

std::size_t received(const Participant& receiver, const Participant& sender, Source source) {
  const Reception* reception = receiver.from(sender, source);
  return reception ? reception->counters.size() : 0;
}

TEST(Trouble, AfterFiveSecondsOfSilenceMediaComesBackWithoutNegotiation) {
  World world(21);
  Participant& one = world.add(kBoth);
  Participant& two = world.add(kBoth);
  world.run_for(seconds(3));
  const int offers = one.heard["offer"];
  world.network.conditions.silent = true;
  world.run_for(seconds(5));
  world.network.conditions.silent = false;
  const auto counts = [&] {
    return std::vector<std::size_t>{
        received(one, two, Source::kMicrophone), received(one, two, Source::kCamera),
        received(two, one, Source::kMicrophone), received(two, one, Source::kCamera)};
  };
  const auto during = counts();
  const Time back = world.now;
  EXPECT_TRUE(world.run_until(seconds(2),
                              [&] {
                                const auto after = counts();
                                for (std::size_t i = 0; i < after.size(); ++i) {
                                  if (after[i] < during[i] + 10) return false;
                                }
                                return true;
                              }))
      << "after " << (world.now - back).count() << " us";
  EXPECT_EQ(one.heard["offer"], offers);
  EXPECT_EQ(one.publisher->handshakes_completed(), 1u);
  EXPECT_EQ(one.subscriber->handshakes_completed(), 1u);
  EXPECT_EQ(one.corrupted() + two.corrupted(), 0u);
}

TEST(Trouble, ALostSocketLeavesMediaAloneAndResumesWithTheSameSeats) {
  World world(22);
  Participant& one = world.add(kBoth);
  Participant& two = world.add(kBoth);
  world.run_for(seconds(3));
  const auto seats = one.seats;
  world.drop_socket(one);
  const std::size_t before = received(one, two, Source::kCamera);
  const std::size_t outward = received(two, one, Source::kCamera);
  world.run_for(seconds(5));
  EXPECT_GT(received(one, two, Source::kCamera), before + 180);
  EXPECT_GT(received(two, one, Source::kCamera), outward + 180);
  world.reconnect(one);
  world.run_for(seconds(1));
  EXPECT_TRUE(one.resumed);
  // The snapshot lists the empty seats too.
  for (const auto& [number, seat] : one.seats) {
    const auto earlier = seats.find(number);
    EXPECT_EQ(seat.endpoint, earlier == seats.end() ? "" : earlier->second.endpoint);
    EXPECT_EQ(seat.group, earlier == seats.end() ? "" : earlier->second.group);
  }
  EXPECT_FALSE(seats.empty());
  EXPECT_EQ(one.heard["offer"], 1);
  EXPECT_EQ(two.heard["endpoint-left"], 0);
  EXPECT_EQ(two.heard["endpoint-joined"], 0);
  EXPECT_EQ(one.corrupted() + two.corrupted(), 0u);
}

TEST(Trouble, WhoCameWhileTheSocketWasLostIsSeenAfterwards) {
  World world(23);
  Participant& one = world.add(kBoth);
  world.run_for(seconds(2));
  world.drop_socket(one);
  std::vector<Participant*> others;
  for (int i = 0; i < 4; ++i) others.push_back(&world.add(kBoth));
  world.run_for(seconds(3));
  world.reconnect(one);
  world.run_for(seconds(3));
  EXPECT_TRUE(one.resumed);
  for (const Participant* other : others) {
    EXPECT_GT(received(one, *other, Source::kCamera), 60u) << other->number();
  }
  EXPECT_EQ(one.corrupted(), 0u);
}

TEST(Trouble, FivePercentLossIsRepairedOnBothLegs) {
  World world(24);
  world.network.conditions = {milliseconds(20), milliseconds(5), 0.05, false};
  for (int i = 0; i < 3; ++i) world.add(kBoth);
  world.run_for(seconds(12));
  std::uint64_t recovered = 0;
  for (const auto& receiver : world.participants) {
    EXPECT_EQ(receiver->corrupted(), 0u);
    recovered += receiver->recovered();
    for (const auto& sender : world.participants) {
      if (sender == receiver) continue;
      const Reception* video = receiver->from(*sender, Source::kCamera);
      ASSERT_TRUE(video);
      // All between the first and the last but the newest half second, which may be under way.
      const std::uint32_t first = *video->counters.begin();
      const std::uint32_t settled = *video->counters.rbegin() - 20;
      std::size_t missing = 0;
      for (std::uint32_t counter = first; counter < settled; ++counter) {
        if (!video->counters.contains(counter)) ++missing;
      }
      EXPECT_GT(settled - first, 300u);
      EXPECT_LE(missing, (settled - first) / 200) << receiver->number() << sender->number();
      // Audio is not repaired: two legs of 5 % leave nine tenths.
      const Reception* audio = receiver->from(*sender, Source::kMicrophone);
      ASSERT_TRUE(audio);
      const std::uint32_t span = *audio->counters.rbegin() - *audio->counters.begin();
      EXPECT_GT(static_cast<double>(audio->counters.size()), 0.85 * span);
    }
  }
  EXPECT_GT(recovered, 100u);
  EXPECT_GT(world.bridge.stats().rtp_resent, 100u);
}

TEST(Trouble, AThirdOfAllDatagramsLostStillConnectsEverybody) {
  World world(25);
  world.network.conditions = {milliseconds(30), milliseconds(20), 0.33, false};
  Participant& one = world.add(kBoth);
  Participant& two = world.add(kBoth);
  EXPECT_TRUE(world.run_until(seconds(20), [&] {
    return received(one, two, Source::kCamera) > 20 && received(two, one, Source::kCamera) > 20;
  }));
}

TEST(Trouble, AnIceRestartOfThePublisherKeepsItsTracks) {
  World world(26);
  Participant& one = world.add(kBoth);
  Participant& two = world.add(kBoth);
  world.run_for(seconds(2));
  const std::string track = one.track_of(Source::kCamera);
  one.publish(world.now, kBoth, true);
  const std::size_t before = received(two, one, Source::kCamera);
  world.run_for(seconds(3));
  EXPECT_EQ(one.track_of(Source::kCamera), track);
  EXPECT_GT(received(two, one, Source::kCamera), before + 100);
  EXPECT_EQ(one.publisher->handshakes_completed(), 1u);
}

TEST(Trouble, AnIceRestartOfTheReceiverKeepsItsSeats) {
  World world(27);
  Participant& one = world.add(kBoth);
  Participant& two = world.add(kBoth);
  world.run_for(seconds(2));
  one.say({{"type", "request-offer"}, {"id", 99}, {"iceRestart", true}});
  const std::size_t before = received(one, two, Source::kCamera);
  world.run_for(seconds(3));
  EXPECT_EQ(one.heard["offer"], 2);
  EXPECT_GT(received(one, two, Source::kCamera), before + 100);
  EXPECT_EQ(one.subscriber->handshakes_completed(), 1u);
}

TEST(Trouble, ALostParticipantLeavesAndAnotherTakesItsPlace) {
  World world(28);
  Participant& one = world.add(kBoth);
  Participant& two = world.add(kBoth);
  world.run_for(seconds(2));
  world.drop_socket(two);
  world.run_for(seconds(31));
  EXPECT_EQ(one.heard["endpoint-left"], 1);
  const std::size_t ended = received(one, two, Source::kMicrophone);
  world.run_for(seconds(1));
  EXPECT_EQ(received(one, two, Source::kMicrophone), ended);
  Participant& three = world.add(kBoth);
  world.run_for(seconds(3));
  EXPECT_GT(received(one, three, Source::kCamera), 60u);
}

}  // namespace
}  // namespace sotto::bridge::sim
