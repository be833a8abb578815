#include "room/key_package_mac.h"

#include <gtest/gtest.h>

#include "crypto/hkdf.h"
#include "shared/room/room_example.h"

namespace sotto::room {
namespace {

class KeyPackageMac : public ::testing::Test {
 protected:
  test::RoomExample room_;
  Secret<32> key_ = room_.keys_of(3).key_package_mac_key();
  mls::KeyPackage key_package_ = room_.key_package_of(room_.person("Dan"));
};

TEST_F(KeyPackageMac, CoversTheKeyPackageWithoutItself) {
  ASSERT_TRUE(check_key_package_mac(key_, key_package_));
  mls::KeyPackage bare = key_package_;
  bare.extensions.clear();
  std::uint8_t mac[32];
  const mls::Bytes tbs = mls::key_package_tbs(bare);
  ASSERT_TRUE(hmac(Hash::kSha256, key_.view(), {tbs}, mac));
  ASSERT_EQ(key_package_.extensions.size(), 1u);
  EXPECT_EQ(key_package_.extensions[0].extension_type, mls::ExtensionType{0xF5A1});
  EXPECT_TRUE(equal(key_package_.extensions[0].extension_data, mac));
}

TEST_F(KeyPackageMac, StandsAnywhereAmongOthers) {
  key_package_.extensions = {{mls::ExtensionType{0x0A0A}, mls::Bytes(3, 1)}};
  ASSERT_TRUE(add_key_package_mac(key_, key_package_));
  key_package_.extensions.push_back({mls::ExtensionType{0x1A1A}, {}});
  EXPECT_FALSE(check_key_package_mac(key_, key_package_)) << "added behind the MAC's back";
  ASSERT_TRUE(add_key_package_mac(key_, key_package_));
  EXPECT_TRUE(check_key_package_mac(key_, key_package_));
  EXPECT_EQ(key_package_.extensions.size(), 3u);
}

TEST_F(KeyPackageMac, IsRefusedForAnythingElse) {
  const auto error = [&](auto change) {
    mls::KeyPackage changed = key_package_;
    change(changed);
    const auto checked = check_key_package_mac(key_, changed);
    return checked ? std::optional<Error>() : checked.error();
  };
  EXPECT_EQ(error([](auto& k) { k.init_key = mls::Bytes(32, 1); }), Error::kUnauthenticated);
  EXPECT_EQ(error([](auto& k) { k.leaf_node.signature = mls::Bytes(64, 1); }),
            Error::kUnauthenticated);
  EXPECT_EQ(error([](auto& k) { k.leaf_node.lifetime.not_after += 1; }), Error::kUnauthenticated);
  EXPECT_EQ(error([](auto& k) { k.extensions.clear(); }), Error::kUnauthenticated);
  EXPECT_EQ(error([](auto& k) { k.extensions[0].extension_data.clear(); }),
            Error::kUnauthenticated);
  EXPECT_EQ(error([](auto& k) { k.extensions[0].extension_data[31] ^= 1; }),
            Error::kUnauthenticated);
  EXPECT_EQ(check_key_package_mac(room_.keys_of(2).key_package_mac_key(), key_package_).error(),
            Error::kUnauthenticated);
}

TEST_F(KeyPackageMac, WantsToBeListed) {
  key_package_.leaf_node.capabilities.extensions.clear();
  EXPECT_EQ(add_key_package_mac(key_, key_package_).error(), Error::kWrongState);
}

}  // namespace
}  // namespace sotto::room
