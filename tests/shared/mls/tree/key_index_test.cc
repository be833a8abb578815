#include "mls/tree/key_index.h"

#include <gtest/gtest.h>

#include <map>

#include "shared/seeded_random.h"

namespace sotto::mls {
namespace {

using Key = std::vector<std::uint8_t>;

TEST(KeyIndex, FindsWhatWasPutInAndNothingElse) {
  KeyIndex index;
  Key a(32, 0), b(32, 0);
  b[31] = 1;
  EXPECT_FALSE(index.find(a));
  ASSERT_TRUE(index.insert(a, 7));
  EXPECT_EQ(index.find(a), 7u);
  EXPECT_FALSE(index.find(b));
  ASSERT_TRUE(index.insert(b, 8));
  EXPECT_EQ(index.find(a), 7u);
  EXPECT_EQ(index.find(b), 8u);
}

TEST(KeyIndex, RefusesAKeyThatIsThereAndOneThatIsNone) {
  KeyIndex index;
  ASSERT_TRUE(index.insert(Key(32, 5), 1));
  EXPECT_EQ(index.insert(Key(32, 5), 2).error(), Error::kAlreadyExists);
  EXPECT_EQ(index.insert(Key(31, 5), 2).error(), Error::kMalformed);
  EXPECT_EQ(index.insert(Key{}, 2).error(), Error::kMalformed);
  EXPECT_FALSE(index.find(Key(31, 5)));
  EXPECT_EQ(index.find(Key(32, 5)), 1u);
  EXPECT_EQ(index.size(), 1u);
}

// Against a map, with a copy taken now and then that has to stay as it was. Keys that share all but
// their last bits, too, as an attacker would pick them.
TEST(KeyIndex, KeepsCopiesApartThroughRandomChanges) {
  SeededRandom random;
  std::map<Key, std::uint32_t> model;
  KeyIndex index;
  struct Copy {
    KeyIndex index;
    std::map<Key, std::uint32_t> model;
  };
  std::vector<Copy> copies;
  for (std::uint32_t step = 0; step < 4000; ++step) {
    Key key = random.bytes(32);
    if (random.below(2) == 0) {
      key.assign(32, 0xaa);
      key[random.below(32)] ^= static_cast<std::uint8_t>(1u << random.below(8));
    }
    if (random.below(3) != 0) {
      EXPECT_EQ(index.insert(key, step).has_value(), model.emplace(key, step).second);
    } else if (!model.empty()) {
      auto victim = model.lower_bound(key);
      if (victim == model.end()) victim = model.begin();
      index.erase(victim->first);
      model.erase(victim);
    }
    ASSERT_EQ(index.size(), model.size());
    if (step % 500 == 0) copies.push_back({index, model});
  }
  copies.push_back({index, model});
  for (const Copy& copy : copies) {
    ASSERT_EQ(copy.index.size(), copy.model.size());
    for (const auto& [key, place] : copy.model) ASSERT_EQ(copy.index.find(key), place);
    for (int i = 0; i < 100; ++i) ASSERT_FALSE(copy.index.find(random.bytes(32)));
  }
}

TEST(KeyIndex, IsEmptyAgainOnceEverythingIsErased) {
  KeyIndex index;
  for (std::uint8_t i = 0; i < 100; ++i) ASSERT_TRUE(index.insert(Key(32, i), i));
  for (std::uint8_t i = 0; i < 100; ++i) index.erase(Key(32, i));
  EXPECT_EQ(index.size(), 0u);
  EXPECT_FALSE(index.find(Key(32, 3)));
  EXPECT_TRUE(index.insert(Key(32, 3), 3));
}

}  // namespace
}  // namespace sotto::mls
