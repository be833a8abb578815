// What a saved session consists of, and what none is. (That it goes on: session_restoring_test.)
#include <gtest/gtest.h>

#include "support/filled_room.h"

namespace sotto::room {
namespace {

using std::chrono::seconds;
using test::fill;
using test::Participant;
using test::RoomNetwork;

class SavedSession : public ::testing::Test {
 protected:
  Result<std::unique_ptr<Session>> restore(ByteView saved) {
    return Session::restore(saved, {}, room_.random());
  }

  RoomNetwork room_{53};
};

TEST_F(SavedSession, ExistsOnlyWhileThereIsAGroupToGoOnIn) {
  Participant& ann = room_.join("Ann");
  EXPECT_TRUE(ann.session->save());
  Participant& ben = room_.join("Ben");
  EXPECT_EQ(ben.session->save().error(), Error::kWrongState) << "not in yet";
  room_.run(seconds(3));
  EXPECT_TRUE(ben.session->save());
  room_.act(ben, [&](Session& session) { session.leave(room_.now()); });
  EXPECT_EQ(ben.session->save().error(), Error::kWrongState) << "leaving";
  room_.run(seconds(10));
  EXPECT_EQ(ben.session->save().error(), Error::kWrongState) << "gone";
}

TEST_F(SavedSession, IsTheSameAgainUntilItHasGoneOn) {
  std::vector<Participant*> all = fill(room_, 3);
  const mls::Bytes saved = *all[1]->session->save();
  room_.crash(*all[1]);
  Participant& back = room_.restore(*all[1], saved);
  const mls::Bytes again = *back.session->save();
  EXPECT_TRUE(restore(again));
  EXPECT_EQ(back.session->last_handshake(), all[1]->session->last_handshake());
  EXPECT_EQ(back.session->epoch(), all[1]->session->epoch());
}

TEST_F(SavedSession, IsNotTakenWhenAnyByteOfItIsMissingOrTooMany) {
  mls::Bytes saved = *fill(room_, 2)[1]->session->save();
  EXPECT_TRUE(restore(saved));
  for (std::size_t size = 0; size < saved.size(); ++size) {
    EXPECT_FALSE(restore(ByteView(saved).first(size))) << size;
  }
  saved.push_back(0);
  EXPECT_EQ(restore(saved).error(), Error::kMalformed);
}

// It comes sealed, so whoever could alter it could as well write it; still nothing breaks.
TEST_F(SavedSession, DoesNoHarmWhateverByteOfItIsAnotherOne) {
  mls::Bytes saved = *fill(room_, 2)[1]->session->save();
  int refused = 0;
  for (std::size_t at = 0; at < saved.size(); at += 3) {
    saved[at] ^= 0x55;
    auto session = restore(saved);
    refused += !session;
    if (session) (*session)->start(room_.now(), 1'800'000'000, 1);
    saved[at] ^= 0x55;
  }
  EXPECT_GT(refused, 50);
}

TEST_F(SavedSession, IsNotTakenInAnotherVersion) {
  mls::Bytes saved = *fill(room_, 2)[0]->session->save();
  saved[1] = 1;
  EXPECT_EQ(restore(saved).error(), Error::kUnsupported);
}

TEST_F(SavedSession, OfAnotherIdentityThanItsLeafsIsRefused) {
  mls::Bytes saved = *fill(room_, 2)[0]->session->save();
  const auto& identity = room_.people().front().identity;
  const auto seed = identity->seed();
  const auto at = std::search(saved.begin(), saved.end(), seed.begin(), seed.end());
  ASSERT_NE(at, saved.end()) << "in the clear: callers seal it";
  *at ^= 1;
  EXPECT_EQ(restore(saved).error(), Error::kMalformed);
}

}  // namespace
}  // namespace sotto::room
