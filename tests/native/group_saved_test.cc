// Groups that go on after a restart, and what devices remember. (Why nothing is sealed twice under
// one key and counter: shared/room/session_restoring_test.)
#include <unistd.h>

#include <cstdio>

#include "native/group_interface.h"
#include "support/secret_search.h"

namespace sotto {
namespace {

const Bytes kKey(SOTTO_GROUP_KEY_SIZE, 3);

class CGroupSaved : public ::testing::Test {
 protected:
  CGroupSaved() : path_(::testing::TempDir() + "sotto-group-" + std::to_string(getpid())) {}
  ~CGroupSaved() override { std::remove(path_.c_str()); }

  std::function<void(sotto_group_options&)> locked() {
    return [this](sotto_group_options& options) { options.lock_path = path_.c_str(); };
  }
  // Ben can be saved.
  void fill_room() {
    ann_ = &room_.join("Ann");
    room_.run(300);
    ben_ = &room_.join("Ben", locked());
    ASSERT_TRUE(room_.run_until(5'000, [&] { return room_.agree({ann_, ben_}); }));
    room_.run(3'000);
  }
  Bytes save(GroupPerson& one) {
    std::size_t size = 0;
    EXPECT_EQ(SOTTO_E_BUFFER_TOO_SMALL,
              sotto_group_save(one.group, kKey.data(), kKey.size(), nullptr, 0, &size));
    Bytes saved(size);
    EXPECT_EQ(SOTTO_OK, sotto_group_save(one.group, kKey.data(), kKey.size(), saved.data(),
                                         saved.size(), &size));
    EXPECT_EQ(saved.size(), size);
    return saved;
  }
  sotto_status restore(const Bytes& saved, const Bytes& key = kKey) {
    const Bytes endpoint(SOTTO_GROUP_ENDPOINT_SIZE, 77);
    sotto_group* group = nullptr;
    const sotto_status status = sotto_group_restore(
        key.data(), key.size(), saved.data(), saved.size(), endpoint.data(), path_.c_str(), &group);
    EXPECT_EQ(status == SOTTO_OK, group != nullptr);
    sotto_group_destroy(group);
    return status;
  }

  GroupRoom room_;
  GroupPerson *ann_ = nullptr, *ben_ = nullptr;
  std::string path_;
};

TEST_F(CGroupSaved, GoesOnInItsLeafOnceItsUpdateIsBack) {
  fill_room();
  const std::uint32_t leaf = ben_->leaf();
  const Bytes saved = save(*ben_);
  room_.end(*ben_);
  GroupPerson& back = room_.restore(kKey, saved, path_.c_str());
  EXPECT_EQ(SOTTO_GROUP_RESTORING, back.state());
  EXPECT_EQ(0u, sotto_group_frames_max_sealed_size(back.frames, 0, SOTTO_CODEC_OPUS, 9))
      << "nothing is sealed yet";
  std::uint32_t number = 0;
  EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_group_say(back.group, "early", room_.now, &number));
  ASSERT_TRUE(room_.run_until(5'000, [&] { return room_.agree({ann_, &back}); }));
  EXPECT_EQ(leaf, back.leaf());
  EXPECT_EQ(nullptr, ann_->last(SOTTO_GROUP_MEMBER_GONE));
  room_.run(2'500);
  ASSERT_EQ(SOTTO_OK, sotto_group_set_marks(back.group, SOTTO_GROUP_PUBLISHES, room_.now));
  const Sealed sealed = seal(back, 0, SOTTO_CODEC_OPUS, {1, 2, 3});
  ASSERT_EQ(SOTTO_OK, sealed.status);
  ASSERT_EQ(SOTTO_OK, sotto_group_timeout(back.group, room_.now));
  room_.run(100);
  EXPECT_EQ(SOTTO_OK, open(*ann_, SOTTO_CODEC_OPUS, sealed.wire, room_.now).status);
}

TEST_F(CGroupSaved, NoOtherRunGoesOnWhileThisOneLives) {
  fill_room();
  const Bytes saved = save(*ben_);
  EXPECT_EQ(SOTTO_E_WRONG_STATE, restore(saved));
  room_.end(*ben_);
  EXPECT_EQ(SOTTO_OK, restore(saved));
  GroupPerson& back = room_.restore(kKey, saved, path_.c_str());
  EXPECT_EQ(SOTTO_E_WRONG_STATE, restore(saved)) << "twice at once";
  room_.end(back);
}

TEST_F(CGroupSaved, IsNotToBeReadOrAltered) {
  fill_room();
  Bytes saved = save(*ben_);
  EXPECT_NE(saved, save(*ben_)) << "another nonce";
  const auto holds = [&](const Bytes& what) {
    return std::search(saved.begin(), saved.end(), what.begin(), what.end()) != saved.end();
  };
  EXPECT_FALSE(holds(ben_->identity));
  EXPECT_FALSE(holds({'B', 'e', 'n'}));
  room_.end(*ben_);
  EXPECT_EQ(SOTTO_E_UNAUTHENTICATED, restore(saved, Bytes(SOTTO_GROUP_KEY_SIZE, 4)));
  EXPECT_EQ(SOTTO_E_TRUNCATED, restore(Bytes(saved.begin(), saved.begin() + 43)));
  EXPECT_EQ(SOTTO_E_UNAUTHENTICATED, restore(Bytes(saved.begin(), saved.end() - 1)));
  for (std::size_t at = 0; at < saved.size(); at += 97) {
    saved[at] ^= 1;
    EXPECT_EQ(at < 4 ? SOTTO_E_UNSUPPORTED : SOTTO_E_UNAUTHENTICATED, restore(saved)) << at;
    saved[at] ^= 1;
  }
  EXPECT_EQ(SOTTO_OK, restore(saved));
}

TEST_F(CGroupSaved, IsNothingWithoutALockOrWhileOutside) {
  std::size_t size = 0;
  GroupPerson& ann = room_.join("Ann");
  EXPECT_EQ(SOTTO_E_WRONG_STATE,
            sotto_group_save(ann.group, kKey.data(), kKey.size(), nullptr, 0, &size));
  GroupPerson& ben = room_.join("Ben", locked());
  EXPECT_EQ(SOTTO_E_WRONG_STATE,
            sotto_group_save(ben.group, kKey.data(), kKey.size(), nullptr, 0, &size));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT,
            sotto_group_save(ben.group, kKey.data(), 31, nullptr, 0, &size));
}

Bytes identity_seen(const GroupPerson& viewer, std::uint32_t leaf) {
  sotto_group_member member = {};
  member.struct_size = sizeof member;
  EXPECT_EQ(SOTTO_OK, sotto_group_find_member(viewer.group, leaf, 0, &member));
  return Bytes(std::begin(member.identity_key), std::end(member.identity_key));
}

// The library reads the app's key where it lies and keeps no copy: once the app has wiped its own,
// it is nowhere.
TEST_F(CGroupSaved, LeavesNothingOfTheAppsKeyInMemory) {
  fill_room();
  const auto byte_of_key = [](std::size_t i) { return static_cast<std::uint8_t>(i * 73 + 41); };
  Bytes key(SOTTO_GROUP_KEY_SIZE);
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = byte_of_key(i);
  test::SecretSearch search;
  search.add("the key", key);
  std::size_t size = 0;
  Bytes saved(1 << 20);
  ASSERT_EQ(SOTTO_OK, sotto_group_save(ben_->group, key.data(), key.size(), saved.data(),
                                       saved.size(), &size));
  saved.resize(size);
  room_.end(*ben_);
  EXPECT_EQ(SOTTO_OK, restore(saved, key));
  saved[size - 1] ^= 1;
  EXPECT_EQ(SOTTO_E_UNAUTHENTICATED, restore(saved, key));
  EXPECT_EQ(search.find_anywhere(), std::vector<std::string>{"the key"}) << "the app's own";
  volatile std::uint8_t* own = key.data();
  for (std::size_t i = 0; i < key.size(); ++i) own[i] = 0;
  EXPECT_EQ(search.find_anywhere(), std::vector<std::string>());
}

TEST_F(CGroupSaved, RemembersWhomItHasMet) {
  GroupRoom room;
  const auto all = fill(room, {"Ann", "Ben"});
  EXPECT_EQ(SOTTO_E_NOT_FOUND,
            sotto_group_confirm_fingerprint(all[0]->group, all[1]->leaf(),
                                            identity_seen(*all[0], 0).data(), room.now))
      << "somebody else's identity";
  ASSERT_EQ(SOTTO_OK, sotto_group_confirm_fingerprint(all[0]->group, all[1]->leaf(),
                                                      identity_seen(*all[0], all[1]->leaf()).data(),
                                                      room.now));
  std::size_t size = 0;
  EXPECT_EQ(SOTTO_E_BUFFER_TOO_SMALL, sotto_group_save_pins(all[0]->group, nullptr, 0, &size));
  Bytes pins(size);
  ASSERT_EQ(SOTTO_OK, sotto_group_save_pins(all[0]->group, pins.data(), pins.size(), &size));
  EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_group_restore_pins(all[0]->group, pins.data(), pins.size()));
  GroupPerson& again = room_.newcomer();
  const sotto_group_options options = room_.options_of(again, "Ann");
  ASSERT_EQ(SOTTO_OK, sotto_group_create(&options, &again.group));
  EXPECT_NE(SOTTO_OK, sotto_group_restore_pins(again.group, pins.data(), 40));
  EXPECT_EQ(SOTTO_OK, sotto_group_restore_pins(again.group, pins.data(), pins.size()));
  Bytes same(size);
  EXPECT_EQ(SOTTO_OK, sotto_group_save_pins(again.group, same.data(), same.size(), &size));
  EXPECT_EQ(pins, same);
}

}  // namespace
}  // namespace sotto
