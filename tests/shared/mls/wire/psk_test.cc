#include "mls/wire/psk.h"

#include "shared/mls/wire/samples.h"
#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

TEST(PreSharedKeyId, EncodesToTheVeryBytesItCameFrom) {
  test::expect_strict(test::sample_psk_id());
  test::expect_strict(test::sample_resumption_psk_id());
  EXPECT_EQ(*decode<PreSharedKeyId>(encode(test::sample_resumption_psk_id())),
            test::sample_resumption_psk_id());
}

TEST(PreSharedKeyId, RefusesTypesAndUsagesThatAreNone) {
  for (const char* text : {"00", "03", "0200", "0204"}) {
    EXPECT_EQ(test::error_of<PreSharedKeyId>(test::from_hex(text)), Error::kMalformed) << text;
  }
}

TEST(PskLabel, IsTheIdThenItsPlaceAndHowManyThereAre) {
  PreSharedKeyId id;
  id.psk_id = {0xaa};
  id.psk_nonce = {0xbb};
  EXPECT_EQ(to_hex(psk_label(id, 1, 0x0203)),
            "0101aa01bb"
            "00010203");
}

}  // namespace
}  // namespace sotto::mls
