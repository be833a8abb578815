#include "room/join_queue.h"

#include <gtest/gtest.h>

#include <memory>

#include "room/extension_types.h"
#include "room/key_package_mac.h"
#include "room/own_key_packages.h"
#include "room/room_link.h"
#include "shared/room/odd_key_package.h"
#include "support/seeded_random.h"

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::sealed_with_key_of;

constexpr std::uint64_t kUnixTime = 1'795'000'000;
const Time kStart = from_microseconds(1'000'000);

Endpoint endpoint(std::uint32_t number) {
  Endpoint endpoint{};
  endpoint[0] = static_cast<std::uint8_t>(number);
  endpoint[1] = static_cast<std::uint8_t>(number >> 8);
  return endpoint;
}

class JoinQueueTest : public ::testing::Test {
 protected:
  JoinQueueTest() { queue_.set_link(keys_); }

  SessionConfig person(std::uint32_t number) {
    SessionConfig config;
    config.room_id = "room";
    config.endpoint = endpoint(number);
    config.identity = std::make_shared<const Ed25519KeyPair>(Ed25519KeyPair::generate(random_));
    config.name = "guest " + std::to_string(number);
    return config;
  }
  // By whoever holds the link, with what capabilities it likes.
  std::vector<std::uint8_t> made_without(mls::ExtensionType capability) {
    const SessionConfig config = person(1);
    auto leaf_key = mls::SignatureKeyPair::generate(random_);
    mls::KeyPackageOptions options;
    options.cipher_suite = config.mls_suite;
    options.leaf_node = *own_leaf_node(config, leaf_key.public_key(), kUnixTime);
    auto& extensions = options.leaf_node.capabilities.extensions;
    extensions.erase(std::remove(extensions.begin(), extensions.end(), capability),
                     extensions.end());
    options.lifetime = key_package_lifetime(kUnixTime);
    options.before_signing = [&](mls::KeyPackage& key_package) {
      return add_key_package_mac(keys_.key_package_mac_key(), key_package);
    };
    const auto made = *mls::generate_key_package(std::move(options), std::move(leaf_key), random_);
    KeyPackageSeal seal(keys_.key_package_seal_key());
    return *seal.seal(config.endpoint, made.message(), random_);
  }
  // Somebody's own in all but the key of its leaf.
  std::vector<std::uint8_t> made_with_key_of(const mls::KeyPackage& other,
                                             const SessionConfig& config) {
    return sealed_with_key_of(other, config, keys_, kUnixTime, random_);
  }
  Result<void> ask(const SessionConfig& who, Time now) {
    OwnKeyPackages own;
    return queue_.handle(who.endpoint, *own.make(who, keys_, kUnixTime, random_), now);
  }
  bool waits(std::uint32_t number) const { return queue_.waiting().count(endpoint(number)) != 0; }

  sotto::test::SeededRandom random_{1};
  RoomLink link_ = [] {
    RoomLink link;
    link.secret = Secret<32>(std::span<const std::uint8_t, 32>(std::vector<std::uint8_t>(32, 7)));
    return link;
  }();
  LinkKeys keys_ = *link_keys(link_, "room");
  JoinQueue queue_{"room", SessionConfig().mls_suite, {}};
};

TEST_F(JoinQueueTest, HoldsWhoHasTheLinkUntilItTakesItsWishBack) {
  EXPECT_TRUE(ask(person(1), kStart));
  EXPECT_TRUE(waits(1));
  EXPECT_TRUE(queue_.handle(endpoint(1), {}, kStart));
  EXPECT_FALSE(waits(1));
}

// Whoever commits would find out, by a commit for each who waits beside it.
TEST_F(JoinQueueTest, RefusesWhomNoRoomsGroupCouldAdd) {
  EXPECT_EQ(queue_.handle(endpoint(1), made_without(kRoomContextExtension), kStart).error(),
            Error::kUnsupported);
  EXPECT_FALSE(waits(1));
  EXPECT_TRUE(queue_.handle(endpoint(1), made_without(mls::ExtensionType{0xFFFF}), kStart));
  EXPECT_TRUE(waits(1));
}

// They could not both be added, which a committer would find out by trying.
TEST_F(JoinQueueTest, RefusesAKeyThatSomebodyElseWaitsWith) {
  ASSERT_TRUE(ask(person(1), kStart));
  const mls::KeyPackage first = queue_.waiting().at(endpoint(1)).key_package;
  const SessionConfig thief = person(2);
  EXPECT_EQ(queue_.handle(thief.endpoint, made_with_key_of(first, thief), kStart).error(),
            Error::kAlreadyExists);
  EXPECT_FALSE(waits(2));
  EXPECT_TRUE(ask(person(1), kStart + seconds(4))) << "who waits may renew its own";
  EXPECT_TRUE(queue_.handle(thief.endpoint, made_with_key_of(first, thief), kStart))
      << "the key is nobody's now";
}

// Endpoints cost a holder of the link nothing. Who wants in asks again every few seconds.
TEST_F(JoinQueueTest, IsNotKeptFullByWhoCameFirst) {
  const SessionConfig ben = person(5000);
  for (std::uint32_t i = 0; i < JoinQueue::kMaxWaiting; ++i) {
    ASSERT_TRUE(ask(person(i), kStart + milliseconds(i)));
  }
  EXPECT_TRUE(ask(ben, kStart + seconds(2)));
  EXPECT_TRUE(waits(5000));
  EXPECT_FALSE(waits(0));
  EXPECT_EQ(queue_.waiting().size(), JoinQueue::kMaxWaiting);
  // The flood goes on while Ben asks again.
  EXPECT_TRUE(ask(ben, kStart + seconds(4)));
  for (std::uint32_t i = 0; i + 1 < JoinQueue::kMaxWaiting; ++i) {
    ASSERT_TRUE(ask(person(2000 + i), kStart + seconds(4) + milliseconds(i)));
  }
  EXPECT_TRUE(waits(5000));
  EXPECT_EQ(queue_.waiting().at(endpoint(5000)).since, kStart + seconds(2));
}

}  // namespace
}  // namespace sotto::room
