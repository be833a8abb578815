// Groups through the C interface: who meets, what they tell each other, how it ends.
#include "native/group_interface.h"

namespace sotto {
namespace {

TEST(CGroup, ThreeMeetAndAgree) {
  GroupRoom room;
  const auto all = fill(room, {"Ann", "Ben", "Cem"});
  EXPECT_TRUE(room.agree({all[0], all[1], all[2]}));
  std::uint32_t leaves[3] = {};
  std::size_t count = 0;
  ASSERT_EQ(SOTTO_OK, sotto_group_members(all[0]->group, leaves, 3, &count));
  EXPECT_EQ(3u, count);
  std::vector<std::string> names;
  for (const std::uint32_t leaf : leaves) {
    sotto_group_member member = {};
    member.struct_size = sizeof member;
    ASSERT_EQ(SOTTO_OK, sotto_group_find_member(all[0]->group, leaf, room.now, &member));
    EXPECT_EQ(SOTTO_GROUP_PRESENT, member.reachability) << member.name;
    EXPECT_EQ(std::string(member.name) == "Ann", member.moderator == 1 && member.self == 1);
    EXPECT_EQ(std::string(member.name).size(), member.name_size);
    names.push_back(member.name);
  }
  EXPECT_EQ((std::vector<std::string>{"Ann", "Ben", "Cem"}), names);
  sotto_group_member member = {};
  member.struct_size = sizeof member;
  EXPECT_EQ(SOTTO_E_NOT_FOUND, sotto_group_find_member(all[0]->group, 99, room.now, &member));
}

TEST(CGroup, WorksWithTheSuiteOfAes) {
  GroupRoom room;
  const auto aes = [](sotto_group_options& options) { options.mls_suite = 1; };
  GroupPerson& ann = room.join("Ann", aes);
  room.run(300);
  GroupPerson& ben = room.join("Ben", aes);
  EXPECT_TRUE(room.run_until(5'000, [&] { return room.agree({&ann, &ben}); }));
}

TEST(CGroup, WhoHasAnotherLinkStaysOutside) {
  GroupRoom room;
  const auto all = fill(room, {"Ann", "Ben"});
  GroupPerson& eve = room.join("Eve", [](sotto_group_options& options) {
    options.link = "0.CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg";
  });
  room.run(5'000);
  EXPECT_EQ(SOTTO_GROUP_JOINING, eve.state());
  EXPECT_TRUE(room.agree({all[0], all[1]}));
}

TEST(CGroup, TheKickedIsOutAndTheLinkIsAnotherOne) {
  GroupRoom room;
  const auto all = fill(room, {"Ann", "Ben", "Cem"});
  const std::string before = all[0]->last(SOTTO_GROUP_LINK_CHANGED)->text;
  ASSERT_EQ(SOTTO_OK, sotto_group_kick(all[0]->group, all[2]->identity_key().data(), 0, room.now));
  room.run(1'000);
  EXPECT_TRUE(room.agree({all[0], all[1]}));
  EXPECT_EQ(SOTTO_GROUP_OVER, all[2]->state());
  EXPECT_EQ(1u, all[2]->last(SOTTO_GROUP_ENDED)->raw.value);
  const GroupEvent* gone = all[1]->last(SOTTO_GROUP_MEMBER_GONE);
  ASSERT_NE(nullptr, gone);
  EXPECT_EQ("Cem", gone->name);
  EXPECT_EQ(all[0]->leaf(), gone->raw.by);
  const GroupEvent* link = all[1]->last(SOTTO_GROUP_LINK_CHANGED);
  EXPECT_EQ(1u, link->raw.number);
  EXPECT_NE(before, link->text);
  room.link = link->text;
  GroupPerson& dan = room.join("Dan");
  EXPECT_TRUE(room.run_until(5'000, [&] { return room.agree({all[0], all[1], &dan}); }));
}

TEST(CGroup, ALostConnectionIsMadeUpFor) {
  GroupRoom room;
  const auto all = fill(room, {"Ann", "Ben", "Cem"});
  all[1]->connected = false;
  ASSERT_EQ(SOTTO_OK, sotto_group_make_permanent(all[0]->group, room.now));
  room.run(1'000);
  EXPECT_FALSE(room.agree({all[0], all[1], all[2]}));
  all[1]->connected = true;
  const std::uint64_t after = sotto_group_last_handshake(all[1]->group);
  ASSERT_LT(after, room.log.size());
  ASSERT_EQ(SOTTO_OK, sotto_group_reconnected(all[1]->group, nullptr, 1, room.now));
  for (const GroupMessage& entry : room.log) {
    if (entry.number <= after) continue;
    ASSERT_EQ(SOTTO_OK,
              sotto_group_receive(all[1]->group, entry.kind, entry.sender.data(), entry.number,
                                  entry.bytes.data(), entry.bytes.size(), room.now));
  }
  EXPECT_TRUE(room.run_until(2'000, [&] { return room.agree({all[0], all[1], all[2]}); }));
}

TEST(CGroup, WhateverArrivesIsNoErrorAndChangesNothing) {
  GroupRoom room;
  const auto all = fill(room, {"Ann", "Ben"});
  const Bytes before = all[0]->agreement();
  for (std::uint32_t kind = 1; kind <= 4; ++kind) {
    for (std::size_t size = 0; size < 200; ++size) {
      const Bytes junk(size, static_cast<std::uint8_t>(size * kind));
      EXPECT_EQ(SOTTO_OK, sotto_group_receive(all[0]->group, kind, all[1]->endpoint.data(), 5000,
                                              junk.data(), junk.size(), room.now));
    }
  }
  EXPECT_EQ(before, all[0]->agreement());
  const Bytes endpoint(SOTTO_GROUP_ENDPOINT_SIZE, 9);
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT,
            sotto_group_receive(all[0]->group, 5, endpoint.data(), 0, nullptr, 0, room.now));
}

TEST(CGroup, TimeThatGoesBackCountsAsStandingStill) {
  GroupRoom room;
  const auto all = fill(room, {"Ann", "Ben"});
  EXPECT_EQ(SOTTO_OK, sotto_group_timeout(all[0]->group, -5));
  EXPECT_EQ(SOTTO_OK, sotto_group_timeout(all[0]->group, 0));
  EXPECT_EQ(SOTTO_OK, sotto_group_timeout(all[0]->group, INT64_MIN));
  EXPECT_TRUE(room.agree({all[0], all[1]}));
  GroupRoom other;
  GroupPerson& eve = other.join("Eve");
  EXPECT_EQ(SOTTO_OK, sotto_group_timeout(eve.group, INT64_MAX));
  std::int64_t at = 0;
  EXPECT_EQ(SOTTO_OK, sotto_group_next_timeout(eve.group, &at));
}

TEST(CGroup, SaysWhatAnOptionLacks) {
  GroupRoom room;
  GroupPerson& one = room.newcomer();
  sotto_group* made = nullptr;
  const auto status = [&](const std::function<void(sotto_group_options&)>& change) {
    sotto_group_options options = room.options_of(one, "Ann");
    change(options);
    made = reinterpret_cast<sotto_group*>(&room);
    const sotto_status result = sotto_group_create(&options, &made);
    EXPECT_EQ(nullptr, made);
    return result;
  };
  using Options = sotto_group_options;
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, status([](Options& o) { o.room = nullptr; }));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, status([](Options& o) { o.room = ""; }));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, status([](Options& o) { o.link = nullptr; }));
  EXPECT_EQ(SOTTO_E_MALFORMED, status([](Options& o) { o.link = "no link"; }));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, status([](Options& o) { o.name = nullptr; }));
  EXPECT_NE(SOTTO_OK, status([](Options& o) { o.name = ""; }));
  EXPECT_NE(SOTTO_OK, status([](Options& o) { o.name = "turned \xe2\x80\xae round"; }));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, status([](Options& o) { o.endpoint = nullptr; }));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, status([](Options& o) { o.identity = nullptr; }));
  EXPECT_EQ(SOTTO_E_UNSUPPORTED, status([](Options& o) { o.mls_suite = 2; }));
  EXPECT_EQ(SOTTO_E_UNSUPPORTED, status([](Options& o) { o.frame_suite = 0x1234; }));
  EXPECT_EQ(SOTTO_E_UNSUPPORTED, status([](Options& o) { o.frame_suite = 0x1000f; }));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, status([](Options& o) { o.join_policy = 3; }));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, status([](Options& o) { o.publishes = 2; }));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT,
            status([](Options& o) { o.media_in_clear = o.encrypted_for_good = 1; }));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, status([](Options& o) { o.struct_size = 0; }));
  EXPECT_EQ(SOTTO_E_NOT_FOUND, status([](Options& o) { o.lock_path = "/nowhere/at/all"; }));
}

TEST(CGroup, DoesNothingBeforeItHasStarted) {
  GroupRoom room;
  GroupPerson& one = room.newcomer();
  const sotto_group_options options = room.options_of(one, "Ann");
  ASSERT_EQ(SOTTO_OK, sotto_group_create(&options, &one.group));
  const Bytes endpoint(SOTTO_GROUP_ENDPOINT_SIZE, 9);
  std::uint32_t number = 0;
  std::uint64_t epoch = 0;
  std::int64_t at = 0;
  EXPECT_EQ(SOTTO_GROUP_NEW, one.state());
  EXPECT_EQ(SOTTO_E_NOT_FOUND, sotto_group_next_timeout(one.group, &at));
  EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_group_receive(one.group, SOTTO_GROUP_WELCOME,
                                                     endpoint.data(), 0, nullptr, 0, room.now));
  EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_group_say(one.group, "hello", room.now, &number));
  EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_group_epoch(one.group, &epoch, &number));
  EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_group_reconnected(one.group, nullptr, 1, room.now));
  EXPECT_EQ(SOTTO_OK, sotto_group_timeout(one.group, room.now));
  EXPECT_EQ(SOTTO_OK, sotto_group_start(one.group, 0, room.now, 1'800'000'000));
  EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_group_start(one.group, 0, room.now, 1'800'000'000));
}

}  // namespace
}  // namespace sotto
