// Rooms of hundreds, and that the same seed tells the same story.
#include <gtest/gtest.h>

#include "sim/world.h"

namespace sotto::bridge::sim {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const std::vector<Source> kBoth{Source::kMicrophone, Source::kCamera};

TEST(LargeRoom, FiveHundredFollowTwoWhoSpeak) {
  World world(500);
  std::vector<Participant*> speakers{&world.add(kBoth), &world.add(kBoth)};
  for (int i = 0; i < 498; ++i) {
    world.add({});
    world.run_for(milliseconds(4));
  }
  world.run_for(seconds(3));
  std::size_t served = 0;
  for (const auto& listener : world.participants) {
    EXPECT_EQ(listener->corrupted(), 0u);
    EXPECT_EQ(listener->heard["error"], 0);
    bool all = true;
    for (const Participant* speaker : speakers) {
      if (speaker == listener.get()) continue;
      const Reception* audio = listener->from(*speaker, Source::kMicrophone);
      const Reception* video = listener->from(*speaker, Source::kCamera);
      all = all && audio && audio->counters.size() > 100 && video && video->counters.size() > 80;
    }
    if (all) ++served;
  }
  EXPECT_EQ(served, 500u);
  EXPECT_EQ(world.bridge.stats().datagrams_dropped, 0u);
  EXPECT_EQ(world.bridge.stats().endpoints, 500u);
}

std::uint64_t story(std::uint64_t seed) {
  World world(seed);
  world.network.conditions = {milliseconds(20), milliseconds(10), 0.03, false};
  Participant& one = world.add(kBoth);
  Participant& two = world.add(kBoth);
  world.run_for(seconds(2));
  Participant& three = world.add(kBoth);
  world.run_for(seconds(1));
  world.drop_socket(one);
  two.pause(Source::kCamera, true);
  world.run_for(seconds(1));
  world.reconnect(one);
  two.pause(Source::kCamera, false);
  world.run_for(seconds(1));
  world.leave(three);
  world.run_for(seconds(1));
  EXPECT_TRUE(one.from(two, Source::kCamera));
  return world.trace();
}

TEST(Determinism, TheSameSeedTellsTheSameStory) {
  const std::uint64_t first = story(77);
  EXPECT_EQ(story(77), first);
  EXPECT_NE(story(78), first);
}

}  // namespace
}  // namespace sotto::bridge::sim
