#include "sframe/key_store.h"

#include <gtest/gtest.h>

#include <vector>

#include "sframe/encryptor.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint8_t kBaseKey[32] = {3, 1, 4};
constexpr std::uint8_t kOtherKey[32] = {2, 7, 1};

Result<std::size_t> open(KeyStore& store, ByteView sframe) {
  ByteReader reader(sframe);
  TRY(const Header header, decode_header(reader));
  Bytes plain(sframe.size());
  return store.decrypt(header, reader.position(), {}, sframe, plain);
}

Bytes frame_of(Encryptor& sender) {
  Bytes out(sender.next_size(30));
  EXPECT_TRUE(sender.encrypt({}, Bytes(30), out));
  return out;
}

Result<void> put(KeyStore& store, std::uint64_t kid, ByteView key = kBaseKey) {
  return store.put(kid, kSottoSuite, key);
}

// Puts a key and opens one frame with it; that frame.
Result<Bytes> use_once(KeyStore& store, std::uint64_t kid) {
  TRY_VOID(put(store, kid));
  TRY(Encryptor sender, Encryptor::create(kSottoSuite, kid, kBaseKey));
  Bytes frame = frame_of(sender);
  TRY_VOID(open(store, frame));
  return frame;
}

TEST(KeyStore, KnowsAKeyFromPutToErase) {
  KeyStore store;
  Encryptor sender = *Encryptor::create(kSottoSuite, 9, kBaseKey);
  EXPECT_EQ(open(store, frame_of(sender)).error(), Error::kUnknownKey);
  ASSERT_TRUE(put(store, 9));
  EXPECT_TRUE(open(store, frame_of(sender)));
  EXPECT_TRUE(store.erase(9));
  EXPECT_EQ(open(store, frame_of(sender)).error(), Error::kExpired);
  EXPECT_FALSE(store.erase(9));
}

TEST(KeyStore, NeverReplacesTheKeyOfAKid) {
  KeyStore store;
  ASSERT_TRUE(put(store, 9));
  EXPECT_EQ(put(store, 9, kOtherKey).error(), Error::kAlreadyExists);
  Encryptor sender = *Encryptor::create(kSottoSuite, 9, kBaseKey);
  EXPECT_TRUE(open(store, frame_of(sender)));
}

// A server that lets an endpoint leave and come back must not have its old media accepted.
TEST(KeyStore, RefusesOldFramesAlsoAfterTheirKeyWentAndCameBack) {
  KeyStore store;
  ASSERT_TRUE(put(store, 9));
  Encryptor sender = *Encryptor::create(kSottoSuite, 9, kBaseKey);
  const Bytes old = frame_of(sender);
  ASSERT_TRUE(open(store, old));
  store.erase(9);
  ASSERT_TRUE(put(store, 9));
  EXPECT_EQ(open(store, old).error(), Error::kReplayed);
  EXPECT_TRUE(open(store, frame_of(sender))) << "the stream itself goes on";
}

TEST(KeyStore, LetsANewKeyUnderAnOldKidCountFromZero) {
  KeyStore store;
  ASSERT_TRUE(put(store, 9));
  Encryptor old_sender = *Encryptor::create(kSottoSuite, 9, kBaseKey);
  ASSERT_TRUE(open(store, frame_of(old_sender)));
  store.erase(9);
  ASSERT_TRUE(put(store, 9, kOtherKey));
  Encryptor new_sender = *Encryptor::create(kSottoSuite, 9, kOtherKey);
  EXPECT_TRUE(open(store, frame_of(new_sender)));
}

TEST(KeyStore, PushesOutTheKeyThatOpenedNothingForLongest) {
  KeyStore store(3);
  for (std::uint64_t kid : {1, 2, 3}) ASSERT_TRUE(put(store, kid));
  Encryptor first = *Encryptor::create(kSottoSuite, 1, kBaseKey);
  ASSERT_TRUE(open(store, frame_of(first)));
  ASSERT_TRUE(put(store, 4));
  EXPECT_EQ(store.size(), 3u);
  EXPECT_TRUE(store.contains(1));
  EXPECT_FALSE(store.contains(2));
}

TEST(KeyStore, GrowsButNeverShrinks) {
  KeyStore store(1, 1);
  const Bytes first = *use_once(store, 1);
  store.grow(2, 2);
  store.grow(1, 1);
  const Bytes second = *use_once(store, 2);
  EXPECT_EQ(store.size(), 2u);
  store.erase(1);
  store.erase(2);
  ASSERT_TRUE(put(store, 1));
  ASSERT_TRUE(put(store, 2));
  EXPECT_EQ(open(store, first).error(), Error::kReplayed);
  EXPECT_EQ(open(store, second).error(), Error::kReplayed);
  ASSERT_TRUE(put(store, 3));
  EXPECT_EQ(store.size(), 2u);
}

TEST(KeyStore, DoesNotTakeForgedFramesForUse) {
  KeyStore store(2);
  ASSERT_TRUE(put(store, 1));
  ASSERT_TRUE(put(store, 2));
  Encryptor second = *Encryptor::create(kSottoSuite, 2, kBaseKey);
  ASSERT_TRUE(open(store, frame_of(second)));
  Bytes forged(40, 0x11);  // KID 1, CTR 1
  EXPECT_EQ(open(store, forged).error(), Error::kUnauthenticated);
  ASSERT_TRUE(put(store, 3));
  EXPECT_TRUE(store.contains(2)) << "a forgery for KID 1 must not cost the honest KID 2 its key";
}

TEST(KeyStore, StaysBoundedHoweverManyKeysComeAndGo) {
  KeyStore store(16);
  for (std::uint64_t kid = 0; kid < 3 * KeyStore::kRetiredWindows; ++kid) {
    ASSERT_TRUE(use_once(store, kid));
    if (kid % 3 == 0) store.erase(kid);
  }
  EXPECT_LE(store.size(), 16u);
  EXPECT_EQ(store.retired(), KeyStore::kRetiredWindows);
}

// A server that has kept many members' old states can announce them all, and send rubbish for each.
TEST(KeyStore, KeepsTheWindowOfAStreamHoweverManyUnusedKeysComeAndGo) {
  KeyStore store;
  const Bytes old = *use_once(store, 9);
  store.erase(9);
  for (std::uint64_t kid = 100; kid < 100 + 2 * KeyStore::kRetiredWindows; ++kid) {
    ASSERT_TRUE(put(store, kid));
    store.erase(kid);
  }
  ASSERT_TRUE(put(store, 9));
  EXPECT_EQ(open(store, old).error(), Error::kReplayed);
}

TEST(KeyStore, DoesNotLoseAWindowToTheKeyThatMakesRoomForItsReturn) {
  KeyStore store(1);
  const Bytes old = *use_once(store, 9);
  for (std::uint64_t kid = 100; kid < 100 + KeyStore::kRetiredWindows; ++kid) {
    ASSERT_TRUE(use_once(store, kid));
  }
  ASSERT_EQ(store.retired(), KeyStore::kRetiredWindows) << "the next to go is that of KID 9";
  ASSERT_TRUE(put(store, 9));
  EXPECT_EQ(open(store, old).error(), Error::kReplayed);
}

TEST(KeyStore, ForgetsAKeyWhenItsTimeHasCome) {
  KeyStore store;
  ASSERT_TRUE(put(store, 1));
  ASSERT_TRUE(put(store, 2));
  ASSERT_TRUE(put(store, 3));
  EXPECT_TRUE(store.set_expiry(1, from_microseconds(100)));
  EXPECT_TRUE(store.set_expiry(2, from_microseconds(50)));
  EXPECT_FALSE(store.set_expiry(4, from_microseconds(50)));
  EXPECT_EQ(store.next_expiry(), from_microseconds(50));
  EXPECT_EQ(store.expire(from_microseconds(99)), 1u);
  EXPECT_FALSE(store.contains(2));
  EXPECT_EQ(store.expire(from_microseconds(100)), 1u);
  EXPECT_EQ(store.next_expiry(), std::nullopt);
  EXPECT_TRUE(store.contains(3)) << "without an expiry a key stays";
}

TEST(KeyStore, TellsARetiredKidFromOneThatNeverWas) {
  KeyStore store;
  ASSERT_TRUE(put(store, 1));
  ASSERT_TRUE(put(store, 2));
  store.set_expiry(1, from_microseconds(10));
  store.expire(from_microseconds(10));
  store.erase(2);
  for (std::uint64_t kid : {1, 2}) EXPECT_EQ(store.why_absent(kid), Error::kExpired);
  EXPECT_EQ(store.why_absent(3), Error::kUnknownKey);
  ASSERT_TRUE(put(store, 1));
  Encryptor sender = *Encryptor::create(kSottoSuite, 1, kBaseKey);
  EXPECT_TRUE(open(store, frame_of(sender))) << "a key may come back";
}

TEST(KeyStore, DoesNotCallAKeyExpiredThatHadToMakeRoom) {
  KeyStore store(1);
  ASSERT_TRUE(use_once(store, 1));
  ASSERT_TRUE(put(store, 2));
  EXPECT_EQ(store.why_absent(1), Error::kUnknownKey);
}

TEST(KeyStore, RemembersBoundedlyManyRetiredKids) {
  KeyStore store;
  for (std::uint64_t kid = 0; kid < 2 * KeyStore::kRememberedKids; ++kid) {
    ASSERT_TRUE(put(store, kid));
    store.erase(kid);
    store.erase(kid);
  }
  EXPECT_EQ(store.remembered(), KeyStore::kRememberedKids);
  EXPECT_EQ(store.why_absent(0), Error::kUnknownKey);
  EXPECT_EQ(store.why_absent(2 * KeyStore::kRememberedKids - 1), Error::kExpired);
}

TEST(KeyStore, KeepsAKeyOnlyIfTheFrameThatBroughtItOpens) {
  KeyStore store;
  Encryptor sender = *Encryptor::create(kSottoSuite, 9, kBaseKey);
  const Bytes frame = frame_of(sender);
  ByteReader reader(frame);
  const Header header = *decode_header(reader);
  Bytes plain(frame.size());
  auto try_key = [&](ByteView key) {
    return store.put_if_opens(kSottoSuite, key, header, reader.position(), {}, frame, plain);
  };
  EXPECT_EQ(try_key(kOtherKey).error(), Error::kUnauthenticated);
  EXPECT_EQ(store.size(), 0u);
  EXPECT_EQ(*try_key(kBaseKey), 30u);
  EXPECT_EQ(try_key(kBaseKey).error(), Error::kAlreadyExists);
  EXPECT_EQ(open(store, frame).error(), Error::kReplayed);
  store.erase(9);
  EXPECT_EQ(try_key(kBaseKey).error(), Error::kReplayed) << "nor does it forget what it had seen";
  EXPECT_EQ(store.size(), 0u);
  EXPECT_EQ(store.retired(), 1u);
}

TEST(KeyStore, RetiresAndPutsOnTheClockWholeSetsOfKids) {
  KeyStore store;
  for (std::uint64_t kid = 0; kid < 10; ++kid) ASSERT_TRUE(put(store, kid));
  EXPECT_EQ(store.erase_if([](std::uint64_t kid) { return kid % 2 == 0; }), 5u);
  store.set_expiry(1, from_microseconds(5));
  store.set_expiry_if([](std::uint64_t kid) { return kid < 4; }, from_microseconds(9));
  EXPECT_EQ(store.next_expiry(), from_microseconds(5)) << "the earlier one stands";
  EXPECT_EQ(store.expire(from_microseconds(9)), 2u);
  EXPECT_EQ(store.size(), 3u);
}

}  // namespace
}  // namespace sotto
