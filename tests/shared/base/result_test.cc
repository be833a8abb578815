#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace sotto {
namespace {

Result<int> half(int value) {
  if (value % 2 != 0) return fail(Error::kInvalidArgument);
  return value / 2;
}

Result<int> quarter(int value) {
  TRY(int once, half(value));
  TRY(int twice, half(once));
  return twice;
}

TEST(Result, TryPassesOnTheFirstError) {
  EXPECT_EQ(*quarter(8), 2);
  EXPECT_EQ(quarter(6).error(), Error::kInvalidArgument);
}

TEST(Result, CarriesWhatCanOnlyBeMoved) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
  std::unique_ptr<int> moved = *std::move(result);
  EXPECT_EQ(*moved, 7);
}

TEST(Error, EveryCauseHasANameOfItsOwn) {
  EXPECT_EQ(name(Error::kReplayed), "replayed");
  EXPECT_NE(name(Error::kTruncated), name(Error::kMalformed));
}

}  // namespace
}  // namespace sotto
