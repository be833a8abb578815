#include "room/frame_operation.h"

#include <gtest/gtest.h>

namespace sotto::room {
namespace {

EpochBegun some_epoch() {
  EpochBegun begun;
  begun.secrets = {300, 8, mls::Bytes(32, 7), {{0}, {3}, {5}}};
  begun.own_leaf = {3};
  begun.media_encrypted = false;
  begun.members_added = true;
  begun.removed = {{4}};
  return begun;
}

TEST(FrameOperation, CarriesAnEpochAsItIs) {
  const auto decoded = decode_frame_operation(encode(FrameOperation(some_epoch())));
  ASSERT_TRUE(decoded);
  const auto& begun = std::get<EpochBegun>(*decoded);
  EXPECT_EQ(begun.secrets.epoch, 300u);
  EXPECT_EQ(begun.secrets.leaf_width, 8u);
  EXPECT_EQ(begun.secrets.base_key, mls::Bytes(32, 7));
  EXPECT_EQ(begun.secrets.members, some_epoch().secrets.members);
  EXPECT_EQ(begun.own_leaf, mls::LeafIndex{3});
  EXPECT_EQ(begun.suite, kSottoSuite);
  EXPECT_FALSE(begun.media_encrypted);
  EXPECT_TRUE(begun.members_added);
  EXPECT_EQ(begun.removed, some_epoch().removed);
}

TEST(FrameOperation, CarriesWhatWasHeardAndWhetherToSend) {
  Presence presence;
  presence.seq = 4;
  presence.streams = {{1, StreamKind::kVideo, 99}};
  const auto heard =
      decode_frame_operation(encode(FrameOperation(PresenceHeard{{2}, 9, presence})));
  ASSERT_TRUE(heard);
  EXPECT_EQ(std::get<PresenceHeard>(*heard).presence, presence);
  EXPECT_EQ(std::get<PresenceHeard>(*heard).epoch, 9u);
  const auto may_send = decode_frame_operation(encode(FrameOperation(MaySend{false})));
  ASSERT_TRUE(may_send);
  EXPECT_FALSE(std::get<MaySend>(*may_send).allowed);
  EXPECT_TRUE(decode_frame_operation(encode(FrameOperation(AllGone{}))));
}

TEST(FrameOperation, RefusesWhatIsCutShortOrGoesOn) {
  mls::Bytes bytes = encode(FrameOperation(some_epoch()));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_frame_operation(ByteView(bytes).first(size))) << size;
  }
  bytes.push_back(0);
  EXPECT_FALSE(decode_frame_operation(bytes));
  EXPECT_FALSE(decode_frame_operation(mls::Bytes{9}));
}

}  // namespace
}  // namespace sotto::room
