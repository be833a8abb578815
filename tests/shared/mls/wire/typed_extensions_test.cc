#include "mls/wire/typed_extensions.h"

#include "shared/mls/wire/samples.h"
#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

TEST(TypedExtensions, EncodeToTheVeryBytesTheyCameFrom) {
  test::expect_strict(ApplicationId{{1, 2, 3}});
  test::expect_strict(RequiredCapabilities{{ExtensionType{0xff00}, ExtensionType{0x1a1a}},
                                           {ProposalType{0xff01}},
                                           {CredentialType::kBasic, CredentialType::kX509}});
  test::expect_strict(ExternalSenders{{{test::rising(1), basic_credential(as_bytes("service"))},
                                       {test::rising(2), {CredentialType::kX509, {}, {{{9}}}}}}});
  test::expect_strict(ExternalPub{test::rising(3)});
}

TEST(TypedExtensions, AreTakenFromAListByTheirType) {
  Extensions extensions = {make_extension(ApplicationId{{5}}), make_extension(ExternalPub{{6}})};
  EXPECT_EQ(extensions[1].extension_type, ExtensionType::kExternalPub);
  EXPECT_EQ((*get_extension<ExternalPub>(extensions))->external_pub, Bytes{6});
  auto absent = get_extension<ExternalSenders>(extensions);
  ASSERT_TRUE(absent);
  EXPECT_FALSE(absent->has_value());
}

TEST(TypedExtensions, ThatAreNotWellFormedAreAnErrorAndNotAbsent) {
  Extensions extensions = {make_extension(ExternalPub{{6}})};
  extensions[0].extension_data.push_back(0);
  EXPECT_EQ(get_extension<ExternalPub>(extensions).error(), Error::kMalformed);
}

}  // namespace
}  // namespace sotto::mls
