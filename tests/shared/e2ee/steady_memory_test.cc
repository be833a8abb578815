// A million garbage frames: memory stays as it is, and good frames between them open. Every
// operator new of this program is counted.
#include <gtest/gtest.h>

#include "e2ee/attempt_budget.h"
#include "e2ee/frame_opener.h"
#include "e2ee/frame_sealer.h"
#include "shared/e2ee/sender_pair.h"
#include "support/counted_allocations.h"

namespace sotto {
namespace {

using test::allocations;
using test::living;

constexpr int kGarbage = 1'000'000;
constexpr int kBetween = 1'000;

// Rubbish of every kind that gets as far as it can: another KID, index, step, CTR, tag, length.
void spoil(SeededRandom& random, MutableBytes frame, MutableBytes wire) {
  std::copy(frame.begin(), frame.end(), wire.begin());
  switch (random.below(4)) {
    case 0:
      random.fill(wire);
      break;
    case 1:
      random.fill(wire.subspan(1, 8));
      break;
    case 2:
      wire[8] = static_cast<std::uint8_t>(1 + random.below(255));
      break;
    default:
      wire.back() ^= 1;
  }
}

TEST_F(SenderPair, StaysAsLargeAsItIsHoweverMuchGarbageComes) {
  give_both(7, kKey);
  frame_.resize(40);
  ASSERT_TRUE(open(seal(1)));
  const FrameFacts facts{.codec = Codec::kVp9, .context = 1};
  // What is spoiled was never opened, or it would be refused as a replay.
  Bytes held = seal(1), wire(held.size()), next(sender_->max_sealed_size(Codec::kVp9, 40));
  out_.resize(next.size());
  const std::int64_t before = living;
  std::uint64_t opened = 0, garbage_opened = 0, unauthenticated = 0;
  for (int i = 0; i < kGarbage; ++i) {
    spoil(random_, held, wire);
    const auto result = receiver_->open(facts, wire, out_, now_);
    garbage_opened += result.has_value() ? 1 : 0;
    unauthenticated += !result && result.error() == Error::kUnauthenticated ? 1 : 0;
    if (i % kBetween != 0) continue;
    now_ += std::chrono::milliseconds(1);
    const std::uint64_t allocated = allocations;
    const std::size_t size = *sender_->seal(facts, frame_, next);
    const auto honest = receiver_->open(facts, ByteView(next).first(size), out_, now_);
    opened += honest.has_value() && equal(honest->frame, frame_) ? 1 : 0;
    ASSERT_EQ(allocations, allocated) << "good frames allocate nothing";
    // Held frames must stay within the replay window to get as far as the cipher.
    const std::size_t held_size = *sender_->seal(facts, frame_, next);
    held.assign(next.begin(), next.begin() + static_cast<std::ptrdiff_t>(held_size));
    wire.resize(held.size());
  }
  EXPECT_EQ(opened, static_cast<std::uint64_t>(kGarbage / kBetween));
  EXPECT_EQ(garbage_opened, 0u);
  EXPECT_GT(unauthenticated, 100'000u) << "the garbage gets as far as the cipher";
  EXPECT_EQ(living, before);
}

TEST(FrameOpenerMemory, StaysAsLargeAsItIsHoweverMuchGarbageComes) {
  SeededRandom random;
  const std::uint8_t key[32] = {4};
  constexpr std::uint64_t kKid = 0xf123456789abcdef;
  KeyStore keys;
  ASSERT_TRUE(keys.put(kKid, kSottoSuite, key));
  FrameOpener opener(keys);
  FrameSealer sealer = *FrameSealer::create(kKid, key);
  const std::vector<std::uint8_t> frame(40, 0x2b);
  std::vector<std::uint8_t> good(sealer.max_sealed_size(Codec::kVp9, frame.size()));
  good.resize(*sealer.seal(Codec::kVp9, false, frame, good));
  std::vector<std::uint8_t> wire(good.size()), out(good.size() + 16), next(good.size() + 64);
  ASSERT_TRUE(opener.open(Codec::kVp9, good, out));
  good.back() ^= 0x40;

  const std::int64_t before = living;
  const std::uint64_t allocated = allocations;
  std::uint64_t opened = 0;
  for (int i = 0; i < kGarbage; ++i) {
    spoil(random, good, wire);
    ASSERT_FALSE(opener.open(Codec::kVp9, wire, out));
    if (i % kBetween != 0) continue;
    const std::size_t size = *sealer.seal(Codec::kVp9, false, frame, next);
    opened += opener.open(Codec::kVp9, ByteView(next).first(size), out) ? 1 : 0;
  }
  EXPECT_EQ(opened, static_cast<std::uint64_t>(kGarbage / kBetween));
  EXPECT_EQ(living, before);
  EXPECT_EQ(allocations, allocated) << "neither garbage nor good frames allocate";
  EXPECT_EQ(keys.size(), 1u);
}

}  // namespace
}  // namespace sotto
