#include "mls/group/psk_store.h"

#include <gtest/gtest.h>

namespace sotto::mls {
namespace {

TEST(APskStore, FindsWhatWasPutThereUntilItIsErased) {
  MemoryPskStore store;
  store.add_external(as_bytes("id"), Bytes(32, 1));
  store.add_external(as_bytes("id"), Bytes(32, 2));
  ASSERT_NE(store.external(as_bytes("id")), nullptr);
  EXPECT_EQ(*store.external(as_bytes("id")), Bytes(32, 2));
  EXPECT_EQ(store.external(as_bytes("i")), nullptr);
  store.erase_external(as_bytes("id"));
  EXPECT_EQ(store.external(as_bytes("id")), nullptr);
}

TEST(APskStore, TellsGroupsAndEpochsApart) {
  MemoryPskStore store;
  store.add_resumption(as_bytes("group"), 1, Bytes(32, 1));
  store.add_resumption(as_bytes("group"), 2, Bytes(32, 2));
  EXPECT_EQ(*store.resumption(as_bytes("group"), 2), Bytes(32, 2));
  EXPECT_EQ(store.resumption(as_bytes("other"), 2), nullptr);
  store.erase_resumption(as_bytes("group"), 2);
  EXPECT_EQ(store.resumption(as_bytes("group"), 2), nullptr);
  EXPECT_NE(store.resumption(as_bytes("group"), 1), nullptr);
}

}  // namespace
}  // namespace sotto::mls
