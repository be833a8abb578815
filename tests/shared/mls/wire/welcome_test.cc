#include "mls/wire/welcome.h"

#include "shared/mls/wire/samples.h"
#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

TEST(Welcome, EncodesToTheVeryBytesItCameFrom) {
  test::expect_strict(test::sample_welcome());
  EXPECT_EQ(*decode<Welcome>(encode(test::sample_welcome())), test::sample_welcome());
}

TEST(Welcome, RefusesAKeyPackageReferenceShorterThanAnyHash) {
  Welcome welcome = test::sample_welcome();
  welcome.secrets[1].new_member.resize(31);
  EXPECT_EQ(test::error_of<Welcome>(encode(welcome)), Error::kMalformed);
}

TEST(GroupSecrets, EncodeToTheVeryBytesTheyCameFrom) {
  test::expect_strict(GroupSecrets{test::rising(1), std::nullopt, {}});
  test::expect_strict(GroupSecrets{test::rising(1),
                                   PathSecret{test::rising(2)},
                                   {test::sample_psk_id(), test::sample_resumption_psk_id()}});
}

TEST(GroupSecrets, RefuseAPathSecretThatIsNeitherThereNorNot) {
  EXPECT_EQ(test::error_of<GroupSecrets>(test::from_hex("01aa0200")), Error::kMalformed);
}

}  // namespace
}  // namespace sotto::mls
