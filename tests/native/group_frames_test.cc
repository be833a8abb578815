// Frames under a group's keys, through the C interface.
#include <thread>

#include "native/group_interface.h"

namespace sotto {
namespace {

constexpr std::uint32_t kMicrophone = 0, kCamera = 1;
const Bytes kFrame(200, 5);

class CGroupFrames : public ::testing::Test {
 protected:
  CGroupFrames() : all_(fill(room_, {"Ann", "Ben", "Cem"})) {}

  // The first frame of a stream, and the others' word of it.
  Bytes announced(GroupPerson& from, std::uint32_t context = kMicrophone,
                  std::uint32_t codec = SOTTO_CODEC_OPUS) {
    const Sealed sealed = seal(from, context, codec, kFrame);
    EXPECT_EQ(SOTTO_OK, sealed.status);
    EXPECT_EQ(SOTTO_OK, sotto_group_timeout(from.group, room_.now));
    room_.run(50);
    return sealed.wire;
  }
  GroupOpened poll(GroupPerson& to) {
    GroupOpened opened;
    Bytes out(1000);
    std::size_t needed = 0;
    opened.facts.struct_size = sizeof opened.facts;
    opened.status = sotto_group_frames_poll(to.frames, out.data(), out.size(), room_.now, &needed,
                                            &opened.facts);
    if (opened.status == SOTTO_OK) {
      opened.frame.assign(opened.facts.frame, opened.facts.frame + opened.facts.frame_size);
    }
    return opened;
  }

  GroupRoom room_;
  std::vector<GroupPerson*> all_;
};

TEST_F(CGroupFrames, OpenForAllOthersAndSayWhoseTheyAre) {
  const Bytes wire = announced(*all_[0], kCamera, SOTTO_CODEC_VP8);
  for (GroupPerson* to : {all_[1], all_[2]}) {
    const GroupOpened opened = open(*to, SOTTO_CODEC_VP8, wire, room_.now);
    ASSERT_EQ(SOTTO_OK, opened.status);
    EXPECT_EQ(kFrame, opened.frame);
    EXPECT_EQ(all_[0]->leaf(), opened.facts.leaf);
    EXPECT_EQ(kCamera, opened.facts.context);
    EXPECT_EQ(1u, opened.facts.key_frame);
    EXPECT_EQ(7u, opened.facts.stream);
    EXPECT_EQ(SOTTO_E_REPLAYED, open(*to, SOTTO_CODEC_VP8, wire, room_.now).status);
  }
  EXPECT_EQ(SOTTO_E_UNKNOWN_KEY, open(*all_[0], SOTTO_CODEC_VP8, wire, room_.now).status)
      << "my own, sent back";
}

TEST_F(CGroupFrames, ThatWereAlteredDoNotOpen) {
  Bytes wire = announced(*all_[0]);
  wire[wire.size() / 2] ^= 1;
  EXPECT_EQ(SOTTO_E_UNAUTHENTICATED, open(*all_[1], SOTTO_CODEC_OPUS, wire, room_.now).status);
}

TEST_F(CGroupFrames, WaitForTheWordOfTheirSender) {
  const Sealed first = seal(*all_[0], kMicrophone, SOTTO_CODEC_OPUS, kFrame);
  const Sealed second = seal(*all_[0], kMicrophone, SOTTO_CODEC_OPUS, Bytes(9, 9));
  EXPECT_EQ(SOTTO_E_NOT_FOUND, open(*all_[1], SOTTO_CODEC_OPUS, first.wire, room_.now, 1).status);
  EXPECT_EQ(SOTTO_E_NOT_FOUND, open(*all_[1], SOTTO_CODEC_OPUS, second.wire, room_.now, 2).status);
  EXPECT_EQ(SOTTO_E_NOT_FOUND, poll(*all_[1]).status);
  ASSERT_EQ(SOTTO_OK, sotto_group_timeout(all_[0]->group, room_.now));
  room_.run(50);
  Bytes out(3);
  std::size_t needed = 0;
  sotto_group_frame facts = {};
  facts.struct_size = sizeof facts;
  EXPECT_EQ(
      SOTTO_E_BUFFER_TOO_SMALL,
      sotto_group_frames_poll(all_[1]->frames, out.data(), out.size(), room_.now, &needed, &facts));
  EXPECT_EQ(first.wire.size(), needed);
  const GroupOpened one = poll(*all_[1]);
  ASSERT_EQ(SOTTO_OK, one.status);
  EXPECT_EQ(kFrame, one.frame);
  EXPECT_EQ(1u, one.facts.stream);
  const GroupOpened two = poll(*all_[1]);
  ASSERT_EQ(SOTTO_OK, two.status);
  EXPECT_EQ(2u, two.facts.stream);
  EXPECT_EQ(SOTTO_E_NOT_FOUND, poll(*all_[1]).status);
}

TEST_F(CGroupFrames, ThatWaitTooLongAreDropped) {
  const Sealed sealed = seal(*all_[0], kMicrophone, SOTTO_CODEC_OPUS, kFrame);
  EXPECT_EQ(SOTTO_E_NOT_FOUND, open(*all_[1], SOTTO_CODEC_OPUS, sealed.wire, room_.now).status);
  room_.run(600);
  ASSERT_EQ(SOTTO_OK, sotto_group_timeout(all_[0]->group, room_.now));
  room_.run(50);
  EXPECT_EQ(SOTTO_E_NOT_FOUND, poll(*all_[1]).status);
}

TEST_F(CGroupFrames, WaitForTheirEpoch) {
  announced(*all_[0]);
  all_[1]->connected = false;
  const std::uint64_t after = sotto_group_last_handshake(all_[1]->group);
  ASSERT_EQ(SOTTO_OK, sotto_group_make_permanent(all_[0]->group, room_.now));
  room_.run(100);
  const Sealed ahead = seal(*all_[0], kMicrophone, SOTTO_CODEC_OPUS, kFrame);
  ASSERT_EQ(SOTTO_OK, ahead.status);
  EXPECT_EQ(SOTTO_E_UNKNOWN_KEY, open(*all_[1], SOTTO_CODEC_OPUS, ahead.wire, room_.now).status);
  all_[1]->connected = true;
  for (const GroupMessage& entry : room_.log) {
    if (entry.number <= after) continue;
    ASSERT_EQ(SOTTO_OK,
              sotto_group_receive(all_[1]->group, entry.kind, entry.sender.data(), entry.number,
                                  entry.bytes.data(), entry.bytes.size(), room_.now));
  }
  const GroupOpened opened = poll(*all_[1]);
  ASSERT_EQ(SOTTO_OK, opened.status);
  EXPECT_EQ(kFrame, opened.frame);
}

// The server keeps one of Ann's frames back, while she goes on, and says how far she is.
TEST_F(CGroupFrames, ThatWereHeldBackAreMarked) {
  announced(*all_[0]);
  const Bytes held = seal(*all_[0], kMicrophone, SOTTO_CODEC_OPUS, kFrame).wire;
  Bytes live;
  for (int i = 0; i < 20; ++i) {
    live = seal(*all_[0], kMicrophone, SOTTO_CODEC_OPUS, kFrame).wire;
    ASSERT_EQ(SOTTO_OK, sotto_group_timeout(all_[0]->group, room_.now));
    room_.run(400);
  }
  const GroupOpened late = open(*all_[1], SOTTO_CODEC_OPUS, held, room_.now);
  ASSERT_EQ(SOTTO_OK, late.status);
  EXPECT_EQ(1u, late.facts.lags);
  live = seal(*all_[0], kMicrophone, SOTTO_CODEC_OPUS, kFrame).wire;
  const GroupOpened next = open(*all_[1], SOTTO_CODEC_OPUS, live, room_.now);
  ASSERT_EQ(SOTTO_OK, next.status);
  EXPECT_EQ(0u, next.facts.lags);
}

TEST_F(CGroupFrames, OfALostEpochExpire) {
  const Bytes early = seal(*all_[0], kMicrophone, SOTTO_CODEC_OPUS, kFrame).wire;
  announced(*all_[0]);
  ASSERT_EQ(SOTTO_OK, sotto_group_make_permanent(all_[0]->group, room_.now));
  room_.run(9'000);
  EXPECT_NE(SOTTO_E_EXPIRED, open(*all_[1], SOTTO_CODEC_OPUS, early, room_.now).status);
  room_.run(2'000);
  EXPECT_EQ(SOTTO_OK, sotto_group_frames_expire(all_[2]->frames, room_.now));
  EXPECT_EQ(SOTTO_E_EXPIRED, open(*all_[2], SOTTO_CODEC_OPUS, early, room_.now).status);
}

TEST_F(CGroupFrames, OfTheKickedNeitherOpenNorAreOpenedByIt) {
  announced(*all_[0]);
  const Bytes of_cem = announced(*all_[2]);
  ASSERT_EQ(SOTTO_OK,
            sotto_group_kick(all_[0]->group, all_[2]->identity_key().data(), 0, room_.now));
  room_.run(500);
  const Bytes after = announced(*all_[0]);
  EXPECT_EQ(SOTTO_OK, open(*all_[1], SOTTO_CODEC_OPUS, after, room_.now).status);
  EXPECT_EQ(SOTTO_E_UNKNOWN_KEY, open(*all_[2], SOTTO_CODEC_OPUS, after, room_.now).status);
  EXPECT_EQ(SOTTO_E_EXPIRED, open(*all_[1], SOTTO_CODEC_OPUS, of_cem, room_.now).status);
  EXPECT_EQ(0u, sotto_group_frames_max_sealed_size(all_[2]->frames, 0, SOTTO_CODEC_OPUS, 10));
  std::size_t written = 0;
  Bytes out(300);
  EXPECT_EQ(SOTTO_E_WRONG_STATE,
            sotto_group_frames_seal(all_[2]->frames, 0, SOTTO_CODEC_OPUS, 0, kFrame.data(),
                                    kFrame.size(), out.data(), out.size(), &written));
}

TEST_F(CGroupFrames, GoInTheClearOnlyByAModeratorsCommit) {
  EXPECT_EQ(1u, sotto_group_frames_encrypted(all_[1]->frames));
  ASSERT_EQ(SOTTO_OK, sotto_group_encrypt_media(all_[0]->group, 0, room_.now));
  room_.run(500);
  EXPECT_EQ(0u, sotto_group_frames_encrypted(all_[1]->frames));
  ASSERT_EQ(SOTTO_OK, sotto_group_make_permanent(all_[0]->group, room_.now));
  room_.run(500);
  EXPECT_EQ(1u, sotto_group_frames_encrypted(all_[1]->frames));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, sotto_group_encrypt_media(all_[0]->group, 0, room_.now));
}

TEST_F(CGroupFrames, OutliveTheirGroupAndThenDoNothing) {
  const Bytes wire = announced(*all_[0]);
  room_.end(*all_[1]);
  EXPECT_EQ(SOTTO_E_UNKNOWN_KEY, open(*all_[1], SOTTO_CODEC_OPUS, wire, room_.now).status);
  EXPECT_EQ(SOTTO_E_WRONG_STATE, seal(*all_[1], 0, SOTTO_CODEC_OPUS, kFrame).status);
  EXPECT_EQ(1u, sotto_group_frames_encrypted(all_[1]->frames));
}

TEST_F(CGroupFrames, OfSeveralThreadsNeverShareACounter) {
  sotto_group_frames* other = nullptr;
  ASSERT_EQ(SOTTO_OK, sotto_group_frames_create(all_[0]->group, &other));
  std::vector<Bytes> wires[2];
  const auto work = [&](sotto_group_frames* frames, std::vector<Bytes>& to) {
    for (int i = 0; i < 500; ++i) {
      Bytes wire(400);
      std::size_t written = 0;
      if (sotto_group_frames_seal(frames, kMicrophone, SOTTO_CODEC_OPUS, 0, kFrame.data(),
                                  kFrame.size(), wire.data(), wire.size(), &written) == SOTTO_OK) {
        wire.resize(written);
        to.push_back(wire);
      }
    }
  };
  std::thread first([&] { work(all_[0]->frames, wires[0]); });
  std::thread second([&] { work(other, wires[1]); });
  EXPECT_EQ(SOTTO_OK, sotto_group_make_permanent(all_[0]->group, room_.now));
  room_.run(300);  // epochs move meanwhile
  first.join();
  second.join();
  ASSERT_EQ(SOTTO_OK, sotto_group_timeout(all_[0]->group, room_.now));
  room_.run(1'500);
  std::size_t opened = 0;
  for (const auto& list : wires) {
    EXPECT_EQ(500u, list.size());
    for (const Bytes& wire : list) {
      const sotto_status status = open(*all_[1], SOTTO_CODEC_OPUS, wire, room_.now).status;
      EXPECT_NE(SOTTO_E_UNAUTHENTICATED, status);
      opened += status == SOTTO_OK;
    }
  }
  EXPECT_GT(opened, 0u);
  sotto_group_frames_destroy(other);
}

}  // namespace
}  // namespace sotto
