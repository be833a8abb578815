#include "bridge/subscribe_offers.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

TEST(SubscribeOffers, NothingIsDueBeforeSeatsAreNeeded) {
  SubscribeOffers offers;
  EXPECT_FALSE(offers.due());
  EXPECT_EQ(offers.generation(), 0u);
  offers.need_seats(2);
  EXPECT_TRUE(offers.due());
}

TEST(SubscribeOffers, OneIsOutAndWhatIsNeededMeanwhileMakesOneMore) {
  SubscribeOffers offers;
  offers.need_seats(2);
  offers.offered(2, "first");
  EXPECT_EQ(offers.generation(), 1u);
  EXPECT_TRUE(offers.unanswered());
  offers.need_seats(4);
  offers.need_seats(8);
  EXPECT_FALSE(offers.due());
  offers.answered();
  EXPECT_TRUE(offers.due());
  offers.offered(8, "second");
  offers.answered();
  EXPECT_FALSE(offers.due());
}

TEST(SubscribeOffers, ThePoolNeverShrinks) {
  SubscribeOffers offers;
  offers.need_seats(8);
  offers.offered(8, "");
  offers.answered();
  offers.need_seats(2);
  EXPECT_FALSE(offers.due());
  EXPECT_EQ(offers.needed(), 8u);
}

TEST(SubscribeOffers, ARestartIsDueWithoutNewSeats) {
  SubscribeOffers offers;
  offers.need_seats(2);
  offers.offered(2, "");
  offers.answered();
  offers.need_restart();
  EXPECT_TRUE(offers.due());
  offers.offered(2, "");
  EXPECT_FALSE(offers.restart_needed());
}

TEST(SubscribeOffers, ANewConnectionIsOfferedEverySeatAgainUnderANewGeneration) {
  SubscribeOffers offers;
  offers.need_seats(4);
  offers.offered(4, "");
  offers.answered();
  offers.start_over();
  EXPECT_TRUE(offers.due());
  EXPECT_EQ(offers.needed(), 4u);
  offers.offered(4, "");
  EXPECT_EQ(offers.generation(), 2u);
}

}  // namespace
}  // namespace sotto::bridge
