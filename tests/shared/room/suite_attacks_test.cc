// Attacks on how frames are sealed: a room's suite comes from its founder, and one with short tags
// lets the bridge guess them (security profile, section 8).
#include "shared/room/live_attack.h"

namespace sotto::room {
namespace {

using namespace test;

constexpr CipherSuite kShort = CipherSuite::kAes128CtrHmacSha256_32;
constexpr std::size_t kFullTag = 16, kShortTag = 4;

// What a frame has besides what is said: the tag, and a few bytes that are equal in all suites.
std::size_t seal_of(RoomNetwork& room, Participant& one) {
  const auto frame = speak(room, one);
  return frame ? frame->size() : 0;
}

// Eve founds the room, and wants tags of four bytes. Ben comes with an app that has not asked for
// that: does he send what the bridge can forge?
bool joins_for_short_tags(const Policy& policy, bool chosen) {
  RoomNetwork room(1);
  SessionConfig eves = room.config("Eve");
  eves.settings.sframe_suite = kShort;
  Participant& eve = room.join(std::move(eves));
  room.run(seconds(1));
  SessionConfig bens = room.config("Ben");
  bens.policy = policy;
  if (chosen) bens.settings.sframe_suite = kShort;
  Participant& ben = room.join(std::move(bens));
  room.run(seconds(4));
  const bool in = room.agree({&eve, &ben});
  EXPECT_EQ(ben.erred(SessionError::kWelcomeRefused), !in);
  EXPECT_EQ(ben.last_epoch() != nullptr && ben.last_epoch()->suite == kShort, in);
  return in;
}

TEST(SuiteAttacks, NobodyIsLedIntoARoomWhoseTagsCanBeGuessed) {
  EXPECT_TRUE(joins_for_short_tags(PolicyForTest::without(Rule::kSuite), false));
  EXPECT_FALSE(joins_for_short_tags({}, false));
  EXPECT_TRUE(joins_for_short_tags({}, true)) << "by the app's choice";
}

// In a running call: a moderator's client says that frames are sealed otherwise from now on.
struct Switched {
  explicit Switched(const Policy& policy) : room(2) {
    room.policy = policy;
    all = fill(room, 3);
    full = seal_of(room, ben());
    room.run(seconds(3));
    RoomContext context = core_of(*all[0]).in->context;
    context.sframe_suite = kShort;
    room.tamper = nothing_said;
    before = state_of(ben(), room.now(), false);
    room.send(
        *all[0],
        {MessageKind::kHandshake,
         {},
         committed_by(*all[0], {{mls::GroupContextExtensions{{mls::make_extension(context)}}}},
                      room.random())});
    room.run(milliseconds(60));
  }
  Participant& ben() { return *all[1]; }
  Participant& cem() { return *all[2]; }

  RoomNetwork room;
  std::vector<Participant*> all;
  std::size_t full = 0;
  std::string before;
};

TEST(SuiteAttacks, NobodyShortensTheTagsOfARunningCall) {
  Switched without(PolicyForTest::without(Rule::kSuite));
  EXPECT_EQ(seal_of(without.room, without.ben()), without.full - (kFullTag - kShortTag));

  Switched real({});
  EXPECT_TRUE(real.ben().erred(SessionError::kCommitRefused));
  EXPECT_EQ(state_of(real.ben(), real.room.now(), false), real.before);
  real.room.tamper = nullptr;
  const auto frame = speak(real.room, real.ben());
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->size(), real.full);
  EXPECT_TRUE(hear(real.room, real.cem(), *frame)) << "and the call goes on";
}

}  // namespace
}  // namespace sotto::room
