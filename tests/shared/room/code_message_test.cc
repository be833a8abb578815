#include "room/code_message.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace sotto::room {
namespace {

TEST(CodeMessage, IsWrittenAsDocumented) {
  EXPECT_EQ(to_hex(encode(CodeMessage(CodeStart{2, {{1}, {5}}}))),
            "04"
            "00000002"
            "0002"
            "00000001"
            "00000005");
  CodeHash hash;
  hash.fill(7);
  std::string sevens;
  for (int i = 0; i < 32; ++i) sevens += "07";
  EXPECT_EQ(to_hex(encode(CodeMessage(CodeCommitment{2, hash}))),
            "05"
            "00000002" +
                sevens);
  EXPECT_EQ(to_hex(encode(CodeMessage(CodeReveal{2, hash}))),
            "06"
            "00000002" +
                sevens);
}

TEST(CodeMessage, ReadsWhatItWritesAndNothingElse) {
  for (const CodeMessage& message :
       {CodeMessage(CodeStart{2, {{1}, {5}}}), CodeMessage(CodeCommitment{3, {}}),
        CodeMessage(CodeReveal{4, {}})}) {
    auto bytes = encode(message);
    const auto read = decode_code_message(bytes);
    ASSERT_TRUE(read);
    EXPECT_EQ(encode(*read), bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_FALSE(decode_code_message(ByteView(bytes).first(size))) << size;
    }
    bytes.push_back(0);
    EXPECT_FALSE(decode_code_message(bytes));
    bytes[0] = 1;
    EXPECT_FALSE(decode_code_message(bytes));
  }
  EXPECT_EQ(decode_code_message(encode(CodeMessage(CodeStart{1, {{5}, {5}}}))).error(),
            Error::kMalformed);
  EXPECT_EQ(
      decode_code_message(encode(CodeMessage(CodeStart{1, std::vector<mls::LeafIndex>(1025)})))
          .error(),
      Error::kMalformed);
}

}  // namespace
}  // namespace sotto::room
