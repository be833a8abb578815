// A hostile delivery service withholds, reorders, repeats, swaps and makes up what it likes: honest
// members stay as they are, or say that something is wrong and come back.
#include <gtest/gtest.h>

#include "shared/mls/group/some_group.h"
#include "shared/room/session_access.h"
#include "support/filled_room.h"

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::Delivery;
using test::fill;
using test::Participant;
using test::RoomNetwork;

// Over all of the group's secrets.
mls::HashValue digest(Participant& one) {
  return mls::digest_of(test::core_of(one).in->group);
}

TEST(SessionHandshakes, StayAsTheyAreUnderWhateverTheServiceMakesUp) {
  RoomNetwork room(1);
  std::vector<Delivery> seen;
  room.tamper = [&](Delivery& delivery) {
    seen.push_back(delivery);
    return true;
  };
  auto all = fill(room, 4);
  room.tamper = nullptr;
  Participant& victim = *all[1];
  const auto before = digest(victim);
  std::size_t injected = 0;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    // Replayed, spoilt, and given out as another kind or another's.
    for (int way = 0; way < 4; ++way) {
      Delivery forged = seen[i];
      if (way == 1 && !forged.bytes.empty())
        forged.bytes[room.random().below(forged.bytes.size())] ^= 1;
      if (way == 2) forged.kind = static_cast<MessageKind>(1 + room.random().below(4));
      if (way == 3) forged.sender = all[3]->endpoint;
      room.act(victim, [&](Session& session) {
        switch (forged.kind) {
          case MessageKind::kHandshake:
            return session.handle_handshake(room.now(), forged.number, forged.sender, forged.bytes);
          case MessageKind::kKeyPackage:
            return session.handle_key_package(room.now(), forged.sender, forged.bytes);
          case MessageKind::kWelcome:
            return session.handle_welcome(room.now(), forged.sender, forged.bytes);
          case MessageKind::kApplication:
            return session.handle_application(room.now(), forged.sender, forged.bytes);
        }
      });
      ++injected;
    }
  }
  EXPECT_GT(injected, 100u);
  EXPECT_EQ(digest(victim), before);
  room.run(seconds(20));
  EXPECT_TRUE(room.agree(all));
}

TEST(SessionHandshakes, KeepToTheirEpochWhenALaterOneIsOnlySpokenOf) {
  RoomNetwork room(2);
  std::vector<std::uint8_t> message;
  room.tamper = [&](Delivery& delivery) {
    if (delivery.kind == MessageKind::kApplication) message = delivery.bytes;
    return true;
  };
  auto all = fill(room, 3);
  // The epoch stands behind version, format, and the 16 bytes of the group's id with their length.
  message[2 + 2 + 1 + 16 + 7] = static_cast<std::uint8_t>(message[2 + 2 + 1 + 16 + 7] + 3);
  for (int i = 0; i < 60; ++i) {
    for (Participant* one : all) {
      room.inject({MessageKind::kApplication, all[0]->endpoint, 0, message, one->endpoint});
    }
    room.run(seconds(1));
  }
  for (Participant* one : all) EXPECT_FALSE(one->erred(SessionError::kMissedCommits));
  EXPECT_TRUE(room.agree(all));
}

TEST(SessionHandshakes, ComeBackWhenACommitWasWithheldFromOne) {
  RoomNetwork room(3);
  auto all = fill(room, 4);
  Participant& victim = *all[2];
  bool withheld = false;
  room.tamper = [&](Delivery& delivery) {
    if (delivery.kind != MessageKind::kHandshake || delivery.receiver != victim.endpoint) {
      return true;
    }
    const bool first = !withheld;
    withheld = true;
    return !first;
  };
  commit_as(room, *all[0], {});
  room.run(seconds(1));
  ASSERT_TRUE(withheld);
  EXPECT_TRUE(room.run_until_true(seconds(60), [&] { return room.agree(all); }));
  EXPECT_TRUE(victim.erred(SessionError::kMissedCommits));
}

TEST(SessionHandshakes, CarryOnAfterARestartOfTheService) {
  RoomNetwork room(4);
  auto all = fill(room, 5);
  commit_as(room, *all[1], {});
  EXPECT_TRUE(room.act(*all[0], [&](Session& s) { return s.say(room.now(), "lost?"); }));
  room.restart_service();
  room.run(seconds(3));
  room.reconnect_all();
  EXPECT_TRUE(room.run_until_true(seconds(10), [&] { return room.agree(all); }));
  room.run(seconds(10));
  for (std::size_t i = 1; i < all.size(); ++i) {
    EXPECT_EQ(all[i]->told<ChatReceived>().size(), 1u) << "once, though it was on its way";
  }
  EXPECT_TRUE(room.agree(all));
  for (Participant* one : all) EXPECT_TRUE(one->told<MemberGone>().empty());
}

TEST(SessionHandshakes, LeaveNothingReadableForWhoWasRemoved) {
  RoomNetwork room(5);
  auto all = fill(room, 3);
  Participant& kicked = *all[2];
  EXPECT_TRUE(room.act(
      *all[0], [&](Session& s) { return s.kick(room.now(), *kicked.session->own_leaf(), true); }));
  room.run(seconds(1));
  EXPECT_TRUE(room.act(*all[0], [&](Session& s) { return s.say(room.now(), "among us"); }));
  room.run(seconds(5));
  EXPECT_EQ(all[1]->told<ChatReceived>().size(), 1u);
  EXPECT_TRUE(kicked.told<ChatReceived>().empty());
  for (const FrameOperation& operation : kicked.frame_operations) {
    const auto* begun = std::get_if<EpochBegun>(&operation);
    if (begun == nullptr) continue;
    EXPECT_NE(begun->secrets.base_key, all[0]->last_epoch()->secrets.base_key);
  }
  EXPECT_TRUE(std::holds_alternative<AllGone>(kicked.frame_operations.back()));
}

TEST(SessionEvents, HaveCodesThatCanBeToldApart) {
  std::set<std::string_view> codes;
  for (int i = 0; i <= static_cast<int>(SessionError::kNotLetBack); ++i) {
    codes.insert(code_of(static_cast<SessionError>(i)));
  }
  EXPECT_EQ(codes.size(), 9u);
  EXPECT_EQ(codes.count("unknown"), 0u);
}

}  // namespace
}  // namespace sotto::room
