#include "room/chat_message.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace sotto::room {
namespace {

TEST(ChatMessage, IsWrittenAsDocumented) {
  ChatMessage message{7, std::nullopt, "hi"};
  EXPECT_EQ(to_hex(*encode(message)),
            "02"
            "00000007"
            "00"
            "0002"
            "6869");
  message.seen = ChatSeen{{3}, 4, {}};
  EXPECT_EQ(to_hex(*encode(message)),
            "02"
            "00000007"
            "01"
            "00000003"
            "00000004"
            "00000000000000000000000000000000"
            "0002"
            "6869");
  EXPECT_EQ(*decode_chat_message(*encode(message)), message);
}

TEST(ChatMessage, IsText) {
  for (const char* text : {"two\nlines", "tab\t", "\u0645\u0631\u062d\u0628\u0627", "\U0001F600"}) {
    EXPECT_TRUE(encode(ChatMessage{1, {}, text})) << text;
  }
  for (const std::string& text : {std::string(), std::string("\x1b[31m"), std::string("\xff"),
                                  std::string("\u0085"), std::string(4097, 'a')}) {
    EXPECT_EQ(encode(ChatMessage{1, {}, text}).error(), Error::kInvalidArgument);
  }
}

TEST(ChatMessage, SaysWhatItIsAgain) {
  for (const auto& seen : {std::optional<ChatSeen>(), std::optional(ChatSeen{{3}, 4, {}})}) {
    const ChatMessage message{7, seen, "hi", ChatHash{1, 2, 3}};
    EXPECT_EQ(*decode_chat_message(*encode(message)), message);
  }
}

TEST(ChatMessage, RefusesEverythingElse) {
  const auto bytes = *encode(ChatMessage{7, ChatSeen{{3}, 4, {}}, "hi", ChatHash{}});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_chat_message(ByteView(bytes).first(size))) << size;
  }
  for (const std::size_t at : {std::size_t{0}, std::size_t{5}, bytes.size() - 1}) {
    auto changed = bytes;
    changed[at] = 0x1f;
    EXPECT_EQ(decode_chat_message(changed).error(), Error::kMalformed) << at;
  }
  auto zero = bytes;
  zero[4] = 0;
  EXPECT_EQ(decode_chat_message(zero).error(), Error::kMalformed);
}

TEST(ChatMessage, HasReactionsBeside) {
  EXPECT_EQ(*decode_reaction(*encode_reaction("\U0001F44D")), "\U0001F44D");
  EXPECT_EQ(encode_reaction(std::string(33, 'a')).error(), Error::kInvalidArgument);
  EXPECT_FALSE(decode_reaction(*encode(ChatMessage{1, {}, "hi"})));
}

}  // namespace
}  // namespace sotto::room
