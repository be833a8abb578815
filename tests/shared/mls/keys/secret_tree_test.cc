#include "mls/keys/secret_tree.h"

#include <gtest/gtest.h>

#include <set>

#include "mls/bytes.h"
#include "shared/mls/keys/secrets.h"
#include "support/seeded_random.h"

namespace sotto::mls {
namespace {

constexpr Suite kSuite = kBothSuites[0];
constexpr auto kApplication = RatchetType::kApplication, kHandshake = RatchetType::kHandshake;

SecretTree tree_of(std::uint32_t leaves) {
  return SecretTree(kSuite, secret_of(1), leaves);
}

Bytes bytes_of(const KeyAndNonce& keys) {
  Bytes all = to_bytes(keys.key());
  all.insert(all.end(), keys.nonce().begin(), keys.nonce().end());
  return all;
}

Result<Bytes> receive(SecretTree& tree, std::uint32_t leaf, RatchetType type,
                      std::uint32_t generation) {
  TRY(auto peeked, tree.peek({leaf}, type, generation));
  Bytes keys = bytes_of(peeked.key_and_nonce());
  TRY_VOID(tree.consume(std::move(peeked)));
  return keys;
}

Bytes send(SecretTree& tree, std::uint32_t leaf, RatchetType type) {
  return bytes_of(tree.next({leaf}, type).value().key_and_nonce);
}

TEST(SecretTree, GivesReceiversTheSendersKeysInTreesOfEverySize) {
  for (std::uint32_t leaves : {1, 2, 3, 8, 100, 1000}) {
    SecretTree receiver = tree_of(leaves);
    for (std::uint32_t leaf : {0u, leaves / 3, leaves - 1}) {
      SecretTree sender = tree_of(leaves);
      const auto first = send(sender, leaf, kApplication),
                 second = send(sender, leaf, kApplication);
      const auto handshake = send(sender, leaf, kHandshake);
      const auto got = receive(receiver, leaf, kApplication, 1);
      if (!got) continue;  // the same leaf twice in a small tree
      EXPECT_EQ(*got, second);
      EXPECT_EQ(receive(receiver, leaf, kApplication, 0).value(), first);
      EXPECT_EQ(receive(receiver, leaf, kHandshake, 0).value(), handshake);
    }
  }
}

TEST(SecretTree, GivesEveryLeafTypeAndGenerationKeysOfItsOwn) {
  SecretTree tree = tree_of(16);
  std::set<Bytes> different;
  for (std::uint32_t leaf = 0; leaf < 16; ++leaf) {
    for (const auto type : {kApplication, kHandshake}) {
      for (int i = 0; i < 3; ++i) different.insert(send(tree, leaf, type));
    }
  }
  EXPECT_EQ(different.size(), 16u * 2 * 3);
}

TEST(SecretTree, NumbersWhatItSends) {
  SecretTree tree = tree_of(4);
  for (std::uint32_t i = 0; i < 3; ++i) {
    EXPECT_EQ(tree.next({2}, kApplication)->generation, i);
  }
  EXPECT_EQ(tree.next({2}, kHandshake)->generation, 0u);
}

TEST(SecretTree, KnowsNoLeafOutsideItself) {
  SecretTree tree = tree_of(5);  // of eight leaves, as the ratchet tree is
  EXPECT_TRUE(tree.peek({7}, kApplication, 0));
  for (std::uint32_t leaf : {8u, 0x80000000u, 0xffffffffu}) {
    EXPECT_EQ(tree.peek({leaf}, kApplication, 0).error(), Error::kNotFound);
    EXPECT_EQ(tree.next({leaf}, kApplication).error(), Error::kNotFound);
  }
}

TEST(SecretTree, HandsNoKeyOutTwice) {
  SecretTree tree = tree_of(8);
  ASSERT_TRUE(receive(tree, 3, kApplication, 0));
  EXPECT_EQ(receive(tree, 3, kApplication, 0).error(), Error::kReplayed);
  send(tree, 4, kApplication);
  EXPECT_EQ(receive(tree, 4, kApplication, 0).error(), Error::kReplayed);
}

// A message that fails to authenticate: its key, and every other, is there as before.
TEST(SecretTree, StaysAsItWasUntilAMessageIsAuthenticated) {
  SecretTree tree = tree_of(64), untouched = tree_of(64);
  for (std::uint32_t leaf : {0, 31, 63}) {
    for (std::uint32_t generation : {0, 5, 700}) {
      ASSERT_TRUE(tree.peek({leaf}, kApplication, generation));
      ASSERT_TRUE(tree.peek({leaf}, kHandshake, generation));
    }
  }
  EXPECT_EQ(receive(tree, 31, kApplication, 5).value(),
            receive(untouched, 31, kApplication, 5).value());
  EXPECT_EQ(receive(tree, 31, kApplication, 0).value(),
            receive(untouched, 31, kApplication, 0).value());
}

TEST(SecretTree, ConsumesOneOfTwoKeysThatWerePeekedAtTheSameTime) {
  SecretTree tree = tree_of(8);
  auto one = tree.peek({1}, kApplication, 2), same = tree.peek({1}, kApplication, 2);
  auto neighbour = tree.peek({0}, kApplication, 0), earlier = tree.peek({1}, kApplication, 1);
  ASSERT_TRUE(one && same && neighbour && earlier);
  EXPECT_TRUE(tree.consume(std::move(*one)));
  EXPECT_EQ(tree.consume(std::move(*same)).error(), Error::kReplayed);
  EXPECT_TRUE(tree.consume(std::move(*neighbour)));
  EXPECT_TRUE(tree.consume(std::move(*earlier)));
  EXPECT_EQ(receive(tree, 1, kApplication, 1).error(), Error::kReplayed);
  EXPECT_EQ(receive(tree, 0, kApplication, 0).error(), Error::kReplayed);
  EXPECT_TRUE(receive(tree, 1, kApplication, 0));
}

TEST(SecretTree, AgreesWithASenderThroughLossAndReordering) {
  test::SeededRandom random(1);
  SecretTree sender = tree_of(32), receiver = tree_of(32);
  struct Message {
    std::uint32_t leaf, generation;
    Bytes keys;
  };
  std::vector<Message> under_way;
  std::size_t received = 0;
  for (int i = 0; i < 2000; ++i) {
    const auto leaf = static_cast<std::uint32_t>(random.below(32));
    auto sent = sender.next({leaf}, kApplication).value();
    under_way.push_back({leaf, sent.generation, bytes_of(sent.key_and_nonce)});
    while (under_way.size() > 20) {
      const auto at = under_way.begin() + static_cast<std::ptrdiff_t>(random.below(20));
      if (random.below(10) != 0) {
        ASSERT_EQ(receive(receiver, at->leaf, kApplication, at->generation).value(), at->keys);
        EXPECT_FALSE(receive(receiver, at->leaf, kApplication, at->generation));
        ++received;
      }
      under_way.erase(at);
    }
  }
  EXPECT_GT(received, 1500u);
}

}  // namespace
}  // namespace sotto::mls
