#include "sfu/sequence_window.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

TEST(SequenceWindow, EachNumberIsAcceptedOnce) {
  SequenceWindow window;
  EXPECT_TRUE(window.accept(70000));
  EXPECT_FALSE(window.accept(70000));
  EXPECT_TRUE(window.accept(70002));
  EXPECT_TRUE(window.accept(70001));
  EXPECT_FALSE(window.accept(70001));
  EXPECT_TRUE(window.accept(69999)) << "reordering at the very start";
}

TEST(SequenceWindow, WhatIsTooOldToRememberIsRefused) {
  SequenceWindow window;
  window.accept(5000);
  EXPECT_FALSE(window.accept(5000 - SequenceWindow::kSize));
  EXPECT_TRUE(window.accept(5001 - SequenceWindow::kSize));
}

TEST(SequenceWindow, AJumpForgetsWhatLiesUnderIt) {
  SequenceWindow window;
  window.accept(1);
  EXPECT_TRUE(window.accept(1 + 5 * SequenceWindow::kSize));
  EXPECT_TRUE(window.accept(5 * SequenceWindow::kSize));
  EXPECT_FALSE(window.accept(1));
  for (std::int64_t gap = 5 * SequenceWindow::kSize + 10; gap < 5 * SequenceWindow::kSize + 40; gap += 3) {
    EXPECT_TRUE(window.accept(gap));
  }
  EXPECT_TRUE(window.accept(5 * SequenceWindow::kSize + 12));
}

}  // namespace
}  // namespace sotto::bridge
