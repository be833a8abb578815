#include "mls/group/saved_state.h"

#include "shared/mls/group/some_group.h"

namespace sotto::mls {
namespace {

Group restore(const Bytes& saved) {
  auto group = Group::restore(saved, {});
  EXPECT_TRUE(group.has_value()) << (group ? "" : name(group.error()));
  return *std::move(group);
}

TEST(ASavedGroup, GoesOnWhereItWas) {
  SomeGroup group(3);
  auto early = group[1].protect(as_bytes("early"), {}, group.random());
  auto later = group[1].protect(as_bytes("later"), {}, group.random());
  ASSERT_TRUE(group[0].handle(*later).has_value());
  group.commit(2);
  auto update = group[0].propose_update({}, {}, group.random());
  group.deliver_proposal(0, *update);

  Group restored = restore(group[0].save());
  EXPECT_EQ(restored.past_epochs(), group[0].past_epochs());
  EXPECT_TRUE(restored.handle(*early).has_value());   // a skipped key of a past epoch
  EXPECT_FALSE(restored.handle(*later).has_value());  // a used one
  auto messages = group[1].commit({}, group.random());
  take(restored, messages->commit);  // with the restored key of its own Update
  take(group[1], messages->commit);
  EXPECT_TRUE(equal(restored.epoch_authenticator().view(), group[1].epoch_authenticator().view()));
}

// A copy of it may have gone on sending with the same keys and nonces.
TEST(ARestoredGroup, SendsNothingButACommitWithAPathFirst) {
  SomeGroup group(2);
  Group restored = restore(group[0].save());
  EXPECT_EQ(restored.protect({}, {}, group.random()).error(), Error::kWrongState);
  EXPECT_EQ(restored.propose(remove_of(1), {}, group.random()).error(), Error::kWrongState);
  CommitOptions options;
  options.path = false;
  auto messages = restored.commit(std::move(options), group.random());
  ASSERT_TRUE(messages.has_value());
  EXPECT_TRUE(restored.pending_commit()->has_path());
  EXPECT_EQ(restored.protect({}, {}, group.random()).error(), Error::kWrongState);
  take(restored, messages->commit);
  take(group[1], messages->commit);
  EXPECT_TRUE(restored.protect({}, {}, group.random()).has_value());
}

TEST(ASavedGroup, ThatWasTamperedWithDoesNoHarm) {
  SomeGroup group(2);
  group.commit(1);
  Bytes saved = group[0].save();
  EXPECT_FALSE(Group::restore({}, {}).has_value());
  for (std::size_t i = 0; i < saved.size(); i += 7) {
    EXPECT_FALSE(Group::restore(ByteView(saved).first(i), {}).has_value());
    Bytes forged = saved;
    forged[i] ^= 0x80;
    (void)Group::restore(forged, {});
  }
}

}  // namespace
}  // namespace sotto::mls
