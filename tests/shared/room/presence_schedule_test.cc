#include "room/presence_schedule.h"

#include <gtest/gtest.h>

#include <memory>

#include "room/presence_tracker.h"

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Time kStart = from_microseconds(1'000'000);

Presence make(PresenceSchedule& schedule, Time now) {
  return schedule.make({}, {}, 0, {}, 2, {0}, now);
}

TEST(PresenceSchedule, SpeaksEveryTwoOrTenSeconds) {
  PresenceSchedule schedule(kStart);
  EXPECT_TRUE(schedule.is_due(kStart));
  EXPECT_EQ(make(schedule, kStart).seq, 1u);
  EXPECT_EQ(schedule.next_due(), kStart + seconds(10));
  schedule.set_publishes(true, kStart + seconds(1));
  EXPECT_TRUE(schedule.is_due(kStart + seconds(1)));
  EXPECT_TRUE(make(schedule, kStart + seconds(1)).marks.publishes);
  EXPECT_EQ(schedule.next_due(), kStart + seconds(3));
}

TEST(PresenceSchedule, PublishersGreetNewcomersAtOnce) {
  PresenceSchedule listener(kStart), publisher(kStart);
  publisher.set_publishes(true, kStart);
  make(listener, kStart);
  make(publisher, kStart);
  listener.members_added(kStart + milliseconds(500));
  publisher.members_added(kStart + milliseconds(500));
  EXPECT_FALSE(listener.is_due(kStart + milliseconds(500)));
  EXPECT_TRUE(publisher.is_due(kStart + milliseconds(500)));
}

// An insider who adds somebody ten times a second makes nobody speak ten times a second.
TEST(PresenceSchedule, GreetsManyNewcomersByFewMessages) {
  PresenceSchedule schedule(kStart);
  schedule.set_publishes(true, kStart);
  make(schedule, kStart);
  std::vector<Time> spoken;
  Time now = kStart + milliseconds(100);
  for (int i = 0; i < 400; ++i, now += milliseconds(25)) {
    if (i % 4 == 0) schedule.members_added(now);
    if (!schedule.is_due(now)) continue;
    make(schedule, now);
    spoken.push_back(now);
  }
  ASSERT_GE(spoken.size(), 19u) << "in ten seconds";
  EXPECT_LE(spoken.size(), 21u);
  EXPECT_EQ(spoken[0], kStart + milliseconds(100)) << "the first at once";
  EXPECT_EQ(spoken[1], kStart + milliseconds(600));
}

TEST(PresenceSchedule, GreetsWhoCameBetweenASecondTimeAndThenIsQuiet) {
  PresenceSchedule schedule(kStart);
  schedule.set_publishes(true, kStart);
  make(schedule, kStart);
  schedule.members_added(kStart + milliseconds(100));
  make(schedule, kStart + milliseconds(100));
  schedule.members_added(kStart + milliseconds(200));
  EXPECT_EQ(schedule.next_due(), kStart + milliseconds(600));
  make(schedule, kStart + milliseconds(600));
  EXPECT_EQ(schedule.next_due(), kStart + milliseconds(2600));
}

// A room in virtual time: everybody hears everybody, nothing is lost.
class Room {
 public:
  Room(std::uint32_t members, std::uint32_t publishers) {
    for (std::uint32_t i = 0; i < members; ++i) {
      // They came one after the other, so they do not speak at once.
      auto member = std::make_unique<Member>(Member{
          PresenceTracker({i}), PresenceSchedule(kStart + milliseconds(i * 10'000 / members))});
      member->schedule.set_publishes(i < publishers, member->schedule.next_due());
      for (std::uint32_t j = 0; j < members; ++j) member->tracker.add({j}, kStart);
      members_.push_back(std::move(member));
    }
  }

  void run(Duration span) {
    for (const Time end = now_ + span; now_ < end; now_ += milliseconds(100)) {
      for (std::uint32_t i = 0; i < members_.size(); ++i) {
        if (members_[i]->schedule.is_due(now_)) speak(i);
      }
      for (const auto& member : members_) {
        if (!member->tracker.may_send(now_)) ++silenced_;
      }
    }
  }

  // What one member receives in a second.
  double bytes_per_second() const {
    return static_cast<double>(bytes_) * 1e6 / static_cast<double>((now_ - kStart).count());
  }
  std::size_t silenced() const { return silenced_; }
  std::size_t left_behind() const {
    std::size_t count = 0;
    for (const auto& member : members_) count += member->tracker.not_caught_up(now_).size();
    return count;
  }

 private:
  struct Member {
    PresenceTracker tracker;
    PresenceSchedule schedule;
  };

  void speak(std::uint32_t i) {
    Member& member = *members_[i];
    const Presence presence =
        member.schedule.make({}, {{0, StreamKind::kAudio, 0}}, 0, member.tracker.publishers(),
                             members_.size(), {i}, now_);
    bytes_ += encode(presence).size();
    member.tracker.sent(presence.seq, presence.marks.publishes, now_);
    for (std::uint32_t j = 0; j < members_.size(); ++j) {
      if (j == i) continue;
      EXPECT_TRUE(members_[j]->tracker.heard({i}, presence, 1, now_));
    }
  }

  std::vector<std::unique_ptr<Member>> members_;
  Time now_ = kStart;
  std::size_t bytes_ = 0;
  std::size_t silenced_ = 0;
};

TEST(PresenceSchedule, KeepsEverybodyHeardInARoomOfFiveHundred) {
  for (const std::uint32_t publishers : {1u, 25u}) {
    Room room(500, publishers);
    room.run(seconds(40));
    EXPECT_EQ(room.silenced(), 0u) << publishers;
    EXPECT_EQ(room.left_behind(), 0u) << publishers;
  }
}

// Twice the members are twice the bytes that each receives, and not four times.
TEST(PresenceSchedule, GrowsWithTheNumberOfMembers) {
  Room half(250, 25), whole(500, 25);
  half.run(seconds(30));
  whole.run(seconds(30));
  RecordProperty("bytes_per_second_250", std::to_string(half.bytes_per_second()));
  RecordProperty("bytes_per_second_500", std::to_string(whole.bytes_per_second()));
  std::printf("250 members: %.0f bytes/s each, 500 members: %.0f bytes/s\n",
              half.bytes_per_second(), whole.bytes_per_second());
  EXPECT_LT(whole.bytes_per_second(), 2.2 * half.bytes_per_second());
  EXPECT_LT(whole.bytes_per_second(), 16'000);
}

TEST(PresenceSchedule, KeepsEverybodyHeardWhereAllPublish) {
  Room room(100, 100);
  room.run(seconds(40));
  EXPECT_EQ(room.silenced(), 0u);
  EXPECT_EQ(room.left_behind(), 0u);
}

}  // namespace
}  // namespace sotto::room
