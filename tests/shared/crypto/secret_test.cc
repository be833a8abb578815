#include "crypto/secret.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <concepts>
#include <new>
#include <ostream>

namespace sotto {
namespace {

constexpr std::uint8_t kBytes[4] = {1, 2, 3, 4};

bool all_zero(ByteView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

template <typename T>
concept Printable = requires(std::ostream& stream, const T& value) {
  stream << value;
};

TEST(Secret, IsGoneFromMemoryWhenItDies) {
  alignas(Secret<4>) std::uint8_t memory[sizeof(Secret<4>)];
  auto* secret = new (memory) Secret<4>(kBytes);
  ASSERT_TRUE(equal(ByteView(memory).first(4), kBytes)) << "the test looks in the wrong place";
  secret->~Secret();
  // Through a volatile pointer, as the object's lifetime is over.
  const volatile std::uint8_t* left = memory;
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(left[i], 0) << i;
}

TEST(Secret, LeavesNothingBehindWhenItMoves) {
  Secret<4> first(kBytes);
  Secret<4> second(std::move(first));
  EXPECT_TRUE(equal(second.view(), kBytes));
  EXPECT_TRUE(all_zero(first.view()));  // NOLINT(bugprone-use-after-move): that is the question
  Secret<4> third;
  third = std::move(second);
  EXPECT_TRUE(equal(third.view(), kBytes));
  EXPECT_TRUE(all_zero(second.view()));  // NOLINT(bugprone-use-after-move)
}

TEST(Secret, SurvivesBeingMovedIntoItself) {
  Secret<4> secret(kBytes);
  Secret<4>& same = secret;
  secret = std::move(same);
  EXPECT_TRUE(equal(secret.view(), kBytes));
}

TEST(Secret, CannotBeCopiedComparedOrPrinted) {
  static_assert(!std::is_copy_constructible_v<Secret<32>>);
  static_assert(!std::is_copy_assignable_v<Secret<32>>);
  static_assert(!std::equality_comparable<Secret<32>>);
  static_assert(!Printable<Secret<32>>);
}

}  // namespace
}  // namespace sotto
