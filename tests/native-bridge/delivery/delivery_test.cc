#include "delivery/delivery.h"

#include "native-bridge/delivery/room_of_members.h"

namespace sotto::bridge::delivery {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::named;
using test::RoomOfMembers;
using enum FrameKind;

TEST(Delivery, EveryHandshakeIsNumberedAndComesToAllWhoFollowTheSenderToo) {
  RoomOfMembers room;
  room.follow(1);
  room.follow(2);
  room.handshake(1, "commit-a", 11);
  room.handshake(2, "commit-b", 22);
  room.handshake(3, "from one who does not follow", 33);
  for (const unsigned who : {1u, 2u}) {
    const auto heard = room.of(who, kHandshake);
    ASSERT_EQ(heard.size(), 3u);
    EXPECT_EQ(heard[0].number, 1u);
    EXPECT_EQ(heard[0].sender, named(1));
    EXPECT_EQ(heard[0].id, 11u);
    EXPECT_EQ(heard[1].number, 2u);
    EXPECT_EQ(heard[1].content, "commit-b");
    EXPECT_EQ(heard[2].number, 3u);
  }
  EXPECT_TRUE(room.heard[named(3)].empty());
}

TEST(Delivery, WhoComesBackGetsWhatItLacksAndNothingTwice) {
  RoomOfMembers room;
  room.follow(1);
  room.follow(2);
  room.handshake(1, "a");
  room.lose(2);
  room.handshake(1, "b");
  room.handshake(1, "c");
  const auto position = room.follow(2, 1);
  EXPECT_TRUE(position.complete);
  EXPECT_EQ(position.last, 3u);
  room.handshake(1, "d");
  EXPECT_EQ(room.contents(2, kHandshake), "a b c d ");
}

TEST(Delivery, ANewcomerGetsOnlyWhatComesFromNowOn) {
  RoomOfMembers room;
  room.follow(1);
  room.handshake(1, "a");
  EXPECT_TRUE(room.follow(2).complete);
  room.handshake(1, "b");
  EXPECT_EQ(room.contents(2, kHandshake), "b ");
}

TEST(Delivery, WhatIsNoLongerKeptIsSaidToBeMissing) {
  DeliveryLimits limits;
  limits.backlog_messages = 3;
  RoomOfMembers room(limits);
  for (int i = 0; i < 5; ++i) room.handshake(1, std::to_string(i + 1));
  EXPECT_FALSE(room.follow(2, 1).complete);
  EXPECT_TRUE(room.of(2, kHandshake).empty()) << "half of it would be of no use";
  EXPECT_TRUE(room.follow(3, 2).complete);
  EXPECT_EQ(room.contents(3, kHandshake), "3 4 5 ");
  room.pass(seconds(121));
  EXPECT_FALSE(room.follow(4, 4).complete);
  EXPECT_TRUE(room.follow(5, 5).complete);
  EXPECT_EQ(room.service.kept_bytes(), 0u);
}

TEST(Delivery, AnotherLogIsAnotherStory) {
  RoomOfMembers room;
  room.handshake(1, "a");
  const auto position = room.service.follow(room.now, named(2), Delivery::Had{LogId{8}, 1});
  EXPECT_FALSE(position.complete);
  EXPECT_EQ(position.last, 1u);
}

TEST(Delivery, AWelcomeReachesOnlyThoseOfItsAddresseesWhoWait) {
  RoomOfMembers room;
  for (const unsigned who : {1u, 2u, 3u, 4u}) room.follow(who);
  EXPECT_TRUE(room.send(2, kKeyPackage, "kp2"));
  EXPECT_TRUE(room.send(3, kKeyPackage, "kp3"));
  EXPECT_TRUE(room.send(1, kWelcome, "welcome", 1, {2, 4}));
  EXPECT_EQ(room.contents(2, kWelcome), "welcome ");
  EXPECT_TRUE(room.of(1, kWelcome).empty());
  EXPECT_TRUE(room.of(3, kWelcome).empty()) << "not addressed";
  EXPECT_TRUE(room.of(4, kWelcome).empty()) << "waits for none";
}

TEST(Delivery, AWelcomeForSeveralIsOneFrame) {
  RoomOfMembers room;
  for (unsigned who = 1; who <= 10; ++who) room.follow(who);
  std::vector<unsigned> joiners;
  for (unsigned who = 2; who <= 10; ++who) {
    room.send(who, kKeyPackage, "kp");
    joiners.push_back(who);
  }
  const std::size_t before = room.shared.used();
  ClientFrame frame{kWelcome, 1, {}, as_bytes("welcome")};
  for (const unsigned who : joiners) frame.to.push_back(named(who));
  ASSERT_TRUE(room.service.submit(room.now, named(1), frame));
  std::set<const std::string*> frames;
  while (const auto output = room.service.poll_output()) frames.insert(output->frame.get());
  EXPECT_EQ(frames.size(), 1u);
  EXPECT_GT(room.shared.used(), before);
}

TEST(Delivery, AJoinerWhoseLineWasLostGetsItsWelcomeWhenItIsBackUntilItTakesItsKeyPackageBack) {
  RoomOfMembers room;
  room.follow(1);
  room.follow(2);
  room.send(2, kKeyPackage, "kp");
  room.lose(2);
  room.handshake(1, "add");
  room.send(1, kWelcome, "welcome", 1, {2});
  EXPECT_TRUE(room.of(2, kWelcome).empty());
  room.follow(2, 0);
  EXPECT_EQ(room.contents(2, kHandshake), "add ");
  EXPECT_EQ(room.contents(2, kWelcome), "welcome ");
  room.send(2, kKeyPackage, "");
  EXPECT_EQ(room.service.kept_bytes(), 32u) << "the handshake alone";
  room.lose(2);
  room.follow(2, 1);
  EXPECT_EQ(room.contents(2, kWelcome), "welcome ");
  room.send(1, kWelcome, "another", 1, {2});
  EXPECT_EQ(room.contents(2, kWelcome), "welcome ");
}

TEST(Delivery, KeyPackagesAreAnnouncedNowAndToWhoeverFollowsLaterWhileTheyStand) {
  RoomOfMembers room;
  room.follow(1);
  room.send(2, kKeyPackage, "first");
  room.send(2, kKeyPackage, "second");
  EXPECT_EQ(room.contents(1, kKeyPackage), "first second ");
  room.follow(3);
  EXPECT_EQ(room.contents(3, kKeyPackage), "second ");
  room.pass(seconds(599));
  room.follow(4);
  EXPECT_EQ(room.contents(4, kKeyPackage), "second ");
  room.pass(seconds(2));
  room.follow(5);
  EXPECT_EQ(room.contents(5, kKeyPackage), "");
  room.send(2, kKeyPackage, "third");
  room.leave(2);
  room.follow(6);
  EXPECT_EQ(room.contents(6, kKeyPackage), "");
}

TEST(Delivery, WhoeverHasAKeyPackageIsToldThatItIsTakenBack) {
  RoomOfMembers room;
  room.follow(1);
  room.send(2, kKeyPackage, "");
  EXPECT_TRUE(room.of(1, kKeyPackage).empty()) << "there was none";
  room.send(2, kKeyPackage, "kp");
  room.send(2, kKeyPackage, "");
  room.send(2, kKeyPackage, "");
  EXPECT_EQ(room.contents(1, kKeyPackage), "kp  ") << "in this order, and once";
}

TEST(Delivery, NobodyAlonePushesOutTheWelcomesOfOthers) {
  RoomOfMembers room;
  room.send(2, kKeyPackage, "kp");
  room.send(1, kWelcome, "good", 1, {2});
  for (int i = 0; i < 20; ++i) room.send(66, kWelcome, "garbage", 1, {2});
  room.follow(2);
  EXPECT_EQ(room.contents(2, kWelcome), "good garbage ");
}

TEST(Delivery, ApplicationMessagesGoAtOnceAndThoseCloseBehindShareAFrame) {
  RoomOfMembers room;
  room.follow(1);
  room.follow(2);
  room.send(1, kApplication, "a", 5);
  ASSERT_EQ(room.of(2, kApplication).size(), 1u);
  EXPECT_EQ(room.of(2, kApplication)[0].id, 5u);
  const std::size_t frames = room.frames;
  room.pass(milliseconds(10));
  for (int i = 0; i < 20; ++i) room.send(2, kApplication, "b");
  EXPECT_EQ(room.frames, frames);
  room.pass(milliseconds(30));
  EXPECT_EQ(room.frames, frames + 1);
  EXPECT_EQ(room.of(1, kApplication).size(), 21u) << "the sender's own come back";
  EXPECT_EQ(room.service.kept_bytes(), 0u);
  room.lose(2);
  room.follow(2, 0);
  EXPECT_EQ(room.of(2, kApplication).size(), 21u) << "they are not kept";
}

TEST(Delivery, ApplicationMessagesAndHandshakesInterleaveAlikeForAll) {
  RoomOfMembers room;
  room.follow(1);
  room.follow(2);
  for (int i = 0; i < 20; ++i) {
    room.send(1, kApplication, "m" + std::to_string(i));
    if (i % 5 == 0) room.handshake(2, "c" + std::to_string(i));
    room.pass(milliseconds(7));
  }
  room.pass(seconds(1));
  const auto story = [&](unsigned who) {
    std::string all;
    for (const auto& one : room.heard[named(who)]) all += one.content + " ";
    return all;
  };
  EXPECT_EQ(story(1), story(2));
  EXPECT_EQ(room.heard[named(1)].size(), 24u);
}

TEST(Delivery, WhatALeaverSaidLastIsStillSent) {
  DeliveryLimits limits;
  limits.room_bytes_per_second = 1000;
  RoomOfMembers room(limits);
  room.follow(1);
  room.handshake(2, std::string(3000, 'x'));
  room.handshake(2, "remove me");
  room.leave(2);
  EXPECT_EQ(room.of(1, kHandshake).size(), 1u);
  room.pass(seconds(4));
  EXPECT_EQ(room.of(1, kHandshake).size(), 2u);
}

TEST(Delivery, OneEndpointHasItsRateAndTheOthersTheirs) {
  RoomOfMembers room;
  room.follow(1);
  int taken = 0;
  for (int i = 0; i < 200; ++i) taken += room.handshake(66, "flood");
  EXPECT_EQ(taken, 50);
  EXPECT_TRUE(room.handshake(2, "mine"));
  EXPECT_TRUE(room.send(66, kApplication, "another class"));
  room.pass(seconds(1));
  taken = 0;
  for (int i = 0; i < 200; ++i) taken += room.handshake(66, "flood");
  EXPECT_EQ(taken, 10);
  EXPECT_EQ(room.service.counters().refused, 340u);
}

TEST(Delivery, AsideFromTheCountThereAreBytes) {
  RoomOfMembers room;
  room.follow(1);
  const std::string large(room.limits.handshake_bytes, 'x');
  int taken = 0;
  for (int i = 0; i < 10; ++i) taken += room.handshake(66, large);
  EXPECT_EQ(taken, 3) << "five seconds of half a largest one, begun before they are used up";
}

// Section 9: one endpoint that floods cannot hold up a kick.
TEST(Delivery, AKickIsDeliveredWithinABoundThoughOthersFloodAtFullRate) {
  RoomOfMembers room;
  for (unsigned who = 1; who <= 500; ++who) room.follow(who);
  const std::string flood(room.limits.handshake_bytes, 'f');
  const std::string kick(45'000, 'k');  // a path for 500 members
  constexpr unsigned kFlooders = 3;
  int queued = 0;
  for (int i = 0; i < 600; ++i) {
    for (unsigned flooder = 0; flooder < kFlooders; ++flooder) {
      queued += room.handshake(100 + flooder, flood);
    }
    room.pass(milliseconds(50));
  }
  EXPECT_GT(queued, 9);
  // As bad as it gets: each flooder's lane is full, and the room's allowance just used up.
  const Time said = room.now;
  ASSERT_TRUE(room.handshake(1, kick));
  for (int i = 0; i < 400; ++i) {
    for (unsigned flooder = 0; flooder < kFlooders; ++flooder) {
      room.handshake(100 + flooder, flood);
    }
    room.pass(milliseconds(50));
  }
  for (const auto& one : room.of(250, kHandshake)) {
    if (one.content[0] != 'k') continue;
    const double waited = std::chrono::duration<double>(one.at - said).count();
    // Before it: what is under way, and at most one message of each flooder.
    const double bytes = 500.0 * (1 + kFlooders) * static_cast<double>(flood.size());
    EXPECT_LT(waited, bytes / room.limits.room_bytes_per_second);
    std::printf("the kick waited %.2f s of virtual time behind %u flooders\n", waited, kFlooders);
    return;
  }
  FAIL() << "the kick never came";
}

TEST(Delivery, AFloodOfHandshakesHoldsUpNoApplicationMessage) {
  RoomOfMembers room;
  for (unsigned who = 1; who <= 500; ++who) room.follow(who);
  const std::string flood(room.limits.handshake_bytes, 'f');
  for (int i = 0; i < 100; ++i) {
    for (unsigned flooder = 100; flooder < 110; ++flooder) room.handshake(flooder, flood);
    room.pass(milliseconds(10));
  }
  room.send(1, kApplication, "presence");
  room.pass(milliseconds(50));
  ASSERT_EQ(room.of(250, kApplication).size(), 1u);
}

TEST(Delivery, PresenceOfFiveHundredCostsFewFrames) {
  RoomOfMembers room;
  for (unsigned who = 1; who <= 500; ++who) room.follow(who);
  const std::size_t before = room.frames;
  const std::string presence(200, 'p');
  // Each every 10 s: 50 a second.
  for (unsigned turn = 0; turn < 500; ++turn) {
    ASSERT_TRUE(room.send(1 + turn, kApplication, presence));
    room.pass(milliseconds(20));
  }
  room.pass(seconds(1));
  EXPECT_EQ(room.of(7, kApplication).size(), 500u);
  EXPECT_LE(room.frames - before, 260u) << "in 10 s, to each of 500";
}

}  // namespace
}  // namespace sotto::bridge::delivery
