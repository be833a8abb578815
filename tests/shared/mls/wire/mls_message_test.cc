#include "mls/wire/mls_message.h"

#include "shared/mls/wire/samples.h"
#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

TEST(MlsMessage, OfEachFormatEncodesToTheVeryBytesItCameFrom) {
  const std::vector<MlsMessage> messages = {
      {PublicMessage{test::sample_content(test::sample_commit()), {{1}, {2}}, {3}}},
      {PrivateMessage{{1}, 2, ContentType::kProposal, {3}, {4}, {5}}},
      {test::sample_welcome()},
      {test::sample_group_info()},
      {test::sample_key_package()}};
  std::uint16_t format = 0;
  for (const MlsMessage& message : messages) {
    EXPECT_EQ(static_cast<std::uint16_t>(message.wire_format()), ++format);
    test::expect_strict(message);
    EXPECT_EQ(*decode<MlsMessage>(encode(message)), message);
  }
}

TEST(MlsMessage, OfAnotherVersionOrFormatIsUnsupported) {
  for (const char* text :
       {"00000001", "00020001", "0a0a0001", "00010000", "00010006", "0001f000"}) {
    EXPECT_EQ(test::error_of<MlsMessage>(test::from_hex(text)), Error::kUnsupported) << text;
  }
}

}  // namespace
}  // namespace sotto::mls
