#include "room/chat_on_its_way.h"

#include <gtest/gtest.h>

#include <vector>

namespace sotto::room {
namespace {

std::vector<std::uint8_t> sealed(std::uint32_t epoch, std::uint32_t seq) {
  return {static_cast<std::uint8_t>(epoch), static_cast<std::uint8_t>(epoch >> 8),
          static_cast<std::uint8_t>(seq), static_cast<std::uint8_t>(seq >> 8)};
}

TEST(ChatOnItsWay, ComesBackOnceInWhicheverEpochItWasSealed) {
  ChatOnItsWay chat;
  for (std::uint32_t epoch = 0; epoch < 3; ++epoch) {
    for (std::uint32_t seq = 1; seq <= 2; ++seq) chat.sent(seq, sealed(epoch, seq));
  }
  EXPECT_EQ(chat.came_back(sealed(9, 9)), std::nullopt);
  EXPECT_EQ(chat.came_back(sealed(1, 2)), 2u);
  EXPECT_EQ(chat.came_back(sealed(1, 2)), std::nullopt);
  EXPECT_EQ(chat.came_back(sealed(2, 2)), std::nullopt) << "sent again, and shown once";
  EXPECT_EQ(chat.came_back(sealed(2, 1)), 1u);
  EXPECT_EQ(chat.size(), 0u);
}

TEST(ChatOnItsWay, IsBoundedWhereNothingEverComesBack) {
  ChatOnItsWay chat;
  for (std::uint32_t epoch = 0; epoch < 1000; ++epoch) {
    for (std::uint32_t seq = 1; seq <= 256; ++seq) chat.sent(seq, sealed(epoch, seq));
  }
  EXPECT_EQ(chat.size(), ChatOnItsWay::kMost);
  EXPECT_EQ(chat.came_back(sealed(0, 1)), std::nullopt);
  EXPECT_EQ(chat.came_back(sealed(999, 1)), 1u) << "the latest still counts";
}

}  // namespace
}  // namespace sotto::room
