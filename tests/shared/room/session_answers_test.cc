// What who waits outside is told of why, by whom, and what the service can make of it.
#include <gtest/gtest.h>

#include "support/filled_room.h"

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::Delivery;
using test::fill;
using test::Participant;
using test::RoomNetwork;

Answer answer_of(const Participant& one) {
  const auto told = one.told<Answered>();
  return told.empty() ? Answer::kNone : told.back().answer;
}

class SessionAnswers : public testing::Test {
 protected:
  void expect(JoinPolicy join_policy) {
    ASSERT_TRUE(
        room_.act(ann_, [&](Session& s) { return s.set_join_policy(room_.now(), join_policy); }));
    room_.run(seconds(1));
  }
  // What is sent to people who wait, from now on.
  void watch() {
    room_.tamper_early = [&](Delivery& delivery) {
      if (delivery.kind == MessageKind::kWelcome) welcomes_.push_back(delivery);
      return true;
    };
  }
  // Nobody inside hears of this one.
  void hide(const Participant& one) {
    room_.tamper_early = [&, endpoint = one.endpoint](Delivery& delivery) {
      if (delivery.kind == MessageKind::kWelcome) welcomes_.push_back(delivery);
      return delivery.kind != MessageKind::kKeyPackage || delivery.sender != endpoint;
    };
  }
  void hand(Participant& to, const std::vector<std::uint8_t>& answer) {
    room_.act(to, [&](Session& s) { s.handle_welcome(room_.now(), ann_.endpoint, answer); });
  }

  RoomNetwork room_{11};
  std::vector<Participant*> all_ = fill(room_, 3);
  Participant& ann_ = *all_[0];
  std::vector<Delivery> welcomes_;
};

TEST_F(SessionAnswers, UnderKnockSayThatAModeratorHasBeenAsked) {
  expect(JoinPolicy::kKnock);
  Participant& dan = room_.join("Dan");
  ASSERT_TRUE(room_.run_until_true(seconds(1), [&] { return answer_of(dan) == Answer::kAsked; }));
  EXPECT_EQ(ann_.told<JoinRequested>().size(), 1u) << "and so it has";
  room_.run(seconds(20));
  EXPECT_EQ(dan.told<Answered>().size(), 1u) << "once";
  ASSERT_TRUE(room_.act(ann_, [&](Session& s) { return s.admit(room_.now(), dan.endpoint); }));
  ASSERT_TRUE(room_.run_until_true(seconds(3), [&] {
    return room_.agree({all_[0], all_[1], all_[2], &dan});
  }));
  EXPECT_EQ(answer_of(dan), Answer::kNone);
}

TEST_F(SessionAnswers, OfALockedRoomSayThatAndThatItHasBeenOpened) {
  expect(JoinPolicy::kLocked);
  Participant& dan = room_.join("Dan");
  ASSERT_TRUE(room_.run_until_true(seconds(1), [&] { return answer_of(dan) == Answer::kLocked; }));
  EXPECT_TRUE(ann_.told<JoinRequested>().empty());
  room_.run(seconds(60));
  EXPECT_EQ(answer_of(dan), Answer::kLocked) << "also when it has given up, and is alone";
  expect(JoinPolicy::kKnock);
  ASSERT_TRUE(room_.run_until_true(seconds(20), [&] { return answer_of(dan) == Answer::kAsked; }));
  expect(JoinPolicy::kOpen);
  ASSERT_TRUE(room_.run_until_true(seconds(40), [&] {
    return room_.agree({all_[0], all_[1], all_[2], &dan});
  }));
  EXPECT_EQ(answer_of(dan), Answer::kNone);
}

TEST_F(SessionAnswers, AreNotGivenInAnOpenRoom) {
  watch();
  Participant& dan = room_.join("Dan");
  ASSERT_TRUE(room_.run_until_true(seconds(3), [&] {
    return room_.agree({all_[0], all_[1], all_[2], &dan});
  }));
  EXPECT_EQ(welcomes_.size(), 1u);
  EXPECT_TRUE(dan.told<Answered>().empty());
}

// So that silence says something: that the link is another one, or nobody can be reached.
TEST_F(SessionAnswers, AreNotForWhoHasAnotherLink) {
  expect(JoinPolicy::kKnock);
  SessionConfig wrong = room_.config("Dan");
  wrong.link.secret = Secret<32>(std::array<std::uint8_t, 32>{9});
  Participant& dan = room_.join(std::move(wrong));
  room_.run(seconds(20));
  EXPECT_TRUE(dan.told<Answered>().empty());
  const mls::LeafIndex cems = *all_[2]->session->own_leaf();
  ASSERT_TRUE(room_.act(ann_, [&](Session& s) { return s.kick(room_.now(), cems, false); }));
  room_.run(seconds(2));
  Participant& eve = room_.join("Eve");
  ASSERT_EQ(RoomNetwork::last_link(ann_).substr(0, 2), "1.");
  room_.run(seconds(20));
  EXPECT_TRUE(eve.told<Answered>().empty()) << "by the old one";
}

TEST_F(SessionAnswers, AreNotForTheBannedNorForWhoNeedsNone) {
  const auto cem = all_[2]->identity;
  const mls::LeafIndex cems = *all_[2]->session->own_leaf();
  ASSERT_TRUE(room_.act(ann_, [&](Session& s) { return s.kick(room_.now(), cems, true); }));
  room_.run(seconds(2));
  expect(JoinPolicy::kKnock);
  SessionConfig banned = room_.config("Cem");
  banned.identity = cem;
  banned.link = *parse_link(RoomNetwork::last_link(ann_));
  Participant& again = room_.join(std::move(banned));
  room_.run(seconds(20));
  EXPECT_TRUE(again.told<Answered>().empty());
  expect(JoinPolicy::kLocked);
  Participant& ben = room_.reload(*all_[1]);
  ASSERT_TRUE(room_.run_until_true(seconds(10), [&] { return room_.agree({&ann_, &ben}); }));
  EXPECT_TRUE(ben.told<Answered>().empty()) << "comes back by itself";
}

TEST_F(SessionAnswers, ComeFromModeratorsAndEndWithThem) {
  expect(JoinPolicy::kLocked);
  Participant& dan = room_.join("Dan");
  ASSERT_TRUE(room_.run_until_true(seconds(1), [&] { return answer_of(dan) == Answer::kLocked; }));
  room_.disconnect(ann_);
  ASSERT_TRUE(room_.run_until_true(seconds(15), [&] { return answer_of(dan) == Answer::kNone; }));
  room_.run(seconds(10));
  EXPECT_EQ(answer_of(dan), Answer::kNone);
}

TEST_F(SessionAnswers, OfACrowdAreFewAndSmall) {
  expect(JoinPolicy::kLocked);
  watch();
  for (int i = 0; i < 66; ++i) room_.join("crowd " + std::to_string(i));
  room_.run(seconds(5));
  EXPECT_GE(welcomes_.size(), 2u);
  EXPECT_LE(welcomes_.size(), 3u);
  for (const Delivery& one : welcomes_) EXPECT_LE(one.bytes.size(), 40u + 9 * 256);
}

// The service keeps Eve's KeyPackages from the room, which knows nothing of her, and hands her what
// Dan was told. To Dan it is worth something.
TEST_F(SessionAnswers, CannotBeGivenToAnother) {
  expect(JoinPolicy::kKnock);
  Participant& eve = room_.join("Eve");
  hide(eve);
  Participant& dan = room_.join("Dan");
  room_.run(seconds(1));
  ASSERT_EQ(answer_of(dan), Answer::kAsked);
  ASSERT_FALSE(welcomes_.empty());
  const auto recorded = welcomes_.back().bytes;
  for (int i = 0; i < 5; ++i) {
    hand(eve, recorded);
    room_.run(seconds(1));
  }
  EXPECT_TRUE(eve.told<Answered>().empty());
}

// All have gone, or the service lets nothing through: what it repeats is of before. Dan makes
// KeyPackages more slowly once he has a room of his own, so it is minutes at most.
TEST_F(SessionAnswers, CannotBeRepeatedForLong) {
  expect(JoinPolicy::kKnock);
  Participant& dan = room_.join("Dan");
  watch();
  room_.run(seconds(1));
  hide(dan);
  room_.run(seconds(3));
  ASSERT_EQ(answer_of(dan), Answer::kAsked);
  const std::vector<Delivery> recorded = welcomes_;
  for (Participant* one : all_) room_.disconnect(*one);
  for (int i = 0; i < 300; ++i) {
    for (const Delivery& one : recorded) hand(dan, one.bytes);
    room_.run(milliseconds(500));
  }
  EXPECT_EQ(answer_of(dan), Answer::kNone);
}

TEST_F(SessionAnswers, CannotBeMadeUpNorAltered) {
  expect(JoinPolicy::kLocked);
  watch();
  room_.tamper = [](Delivery& delivery) { return delivery.kind != MessageKind::kWelcome; };
  Participant& dan = room_.join("Dan");
  room_.run(seconds(1));
  ASSERT_FALSE(welcomes_.empty());
  const auto answer = welcomes_.back().bytes;
  ASSERT_EQ(answer.size(), 40u + 256);
  for (std::size_t at = 0; at < answer.size(); ++at) {
    auto altered = answer;
    altered[at] ^= 3;  // of the policy, say: from locked to knock
    hand(dan, altered);
    altered.resize(at);
    hand(dan, altered);
  }
  hand(dan, std::vector<std::uint8_t>(4000, 1));
  EXPECT_TRUE(dan.told<Answered>().empty());
  hand(dan, answer);
  EXPECT_EQ(answer_of(dan), Answer::kLocked) << "as it was sent";
}

}  // namespace
}  // namespace sotto::room
