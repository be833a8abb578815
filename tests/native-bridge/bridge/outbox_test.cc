#include "bridge/outbox.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

TEST(Outbox, TextsComeInTheOrderInWhichTheyWereSaid) {
  Outbox outbox;
  outbox.send(1, "a");
  outbox.send(2, "b");
  outbox.close(1, "", 1000, "left");
  EXPECT_EQ(outbox.poll_message()->text, "a");
  EXPECT_EQ(outbox.poll_message()->socket, 2u);
  const auto last = outbox.poll_message();
  ASSERT_TRUE(last && last->close);
  EXPECT_EQ(last->close->code, 1000);
  EXPECT_FALSE(outbox.poll_message());
  EXPECT_EQ(outbox.sent(), 2u);
}

TEST(Outbox, ALogThatNobodyReadsIsBounded) {
  Outbox outbox;
  for (std::size_t i = 0; i < 3 * Outbox::kMaxLogEvents; ++i) {
    outbox.log({LogLevel::kInfo, "event", {}, ""});
  }
  std::size_t kept = 0;
  while (outbox.poll_log()) ++kept;
  EXPECT_EQ(kept, Outbox::kMaxLogEvents);
}

}  // namespace
}  // namespace sotto::bridge
