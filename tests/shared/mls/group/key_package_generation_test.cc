#include "mls/group/key_package_generation.h"

#include "mls/group/key_package_validation.h"
#include "mls/keys/hash.h"
#include "mls/wire/mls_message.h"
#include "shared/mls/group/some_group.h"

namespace sotto::mls {
namespace {

LeafRules rules_of(CipherSuite suite) {
  LeafRules rules;
  rules.cipher_suite = suite;
  return rules;
}

TEST(AnOwnKeyPackage, IsValidAndCarriesGrease) {
  test::SeededRandom random(1);
  OwnKeyPackage own = key_package_of("somebody", random);
  EXPECT_TRUE(validate_key_package(own.key_package, rules_of(kSuite)));
  ASSERT_EQ(own.key_package.extensions.size(), 1u);
  EXPECT_TRUE(is_grease(static_cast<std::uint16_t>(own.key_package.extensions[0].extension_type)));
  auto message = decode<MlsMessage>(own.message());
  ASSERT_TRUE(message.has_value());
  EXPECT_EQ(*message->as<KeyPackage>(), own.key_package);
  EXPECT_EQ(own.reference(), to_bytes(make_key_package_ref(encode(own.key_package))));
}

TEST(AnOwnKeyPackage, CanBeAddedToBeforeItIsSigned) {
  test::SeededRandom random(1);
  KeyPackageOptions options;
  options.leaf_node = leaf_of("somebody");
  options.leaf_node.grease = false;
  options.before_signing = [](KeyPackage& key_package) -> Result<void> {
    EXPECT_FALSE(key_package.leaf_node.signature.empty());
    key_package.extensions.push_back({kOurExtension, to_bytes(as_bytes("a MAC"))});
    return {};
  };
  auto own = generate_key_package(std::move(options), SignatureKeyPair::generate(random), random);
  ASSERT_TRUE(own.has_value());
  EXPECT_EQ(own->key_package.extensions.size(), 1u);
  EXPECT_TRUE(validate_key_package(own->key_package, rules_of(kSuite)));
}

TEST(AnOwnKeyPackage, ThatWouldNotBeValidIsNotMade) {
  test::SeededRandom random(1);
  KeyPackageOptions unlisted;
  unlisted.extensions.push_back({ExtensionType{0xf5a9}, {}});
  EXPECT_FALSE(generate_key_package(std::move(unlisted), SignatureKeyPair::generate(random), random)
                   .has_value());
  KeyPackageOptions unknown;
  unknown.cipher_suite = CipherSuite{0x0002};
  EXPECT_EQ(
      generate_key_package(std::move(unknown), SignatureKeyPair::generate(random), random).error(),
      Error::kUnsupported);
}

}  // namespace
}  // namespace sotto::mls
