#include "mls/wire/private_message.h"

#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

const PrivateMessage kMessage{{0xaa}, 5, ContentType::kCommit, {0xbb}, {0xcc}, {0xdd}};

TEST(PrivateMessage, EncodesToTheVeryBytesItCameFrom) {
  EXPECT_EQ(to_hex(encode(kMessage)),
            "01aa"
            "0000000000000005"
            "03"
            "01bb"
            "01cc"
            "01dd");
  test::expect_strict(kMessage);
}

TEST(PrivateMessage, RefusesAContentTypeThatIsNone) {
  for (int type : {0, 4, 255}) {
    PrivateMessage message = kMessage;
    message.content_type = static_cast<ContentType>(type);
    EXPECT_EQ(test::error_of<PrivateMessage>(encode(message)), Error::kMalformed);
  }
}

TEST(PrivateMessage, AuthenticatesWhatTravelsInTheClear) {
  EXPECT_EQ(to_hex(private_content_aad(kMessage)),
            "01aa"
            "0000000000000005"
            "03"
            "01bb");
  EXPECT_EQ(to_hex(sender_data_aad(kMessage)),
            "01aa"
            "0000000000000005"
            "03");
}

TEST(SenderData, IsTwelveBytes) {
  SenderData sender_data{LeafIndex{1}, 2, {3, 4, 5, 6}};
  EXPECT_EQ(to_hex(encode(sender_data)),
            "00000001"
            "00000002"
            "03040506");
  test::expect_strict(sender_data);
  EXPECT_EQ(*decode<SenderData>(encode(sender_data)), sender_data);
}

}  // namespace
}  // namespace sotto::mls
