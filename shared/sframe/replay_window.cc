#include "sframe/replay_window.h"

namespace sotto {
namespace {

constexpr std::uint64_t kWordBits = 64;

std::uint64_t bit_of(std::uint64_t ctr) {
  return std::uint64_t{1} << (ctr % kWordBits);
}

std::size_t word_of(std::uint64_t ctr) {
  return static_cast<std::size_t>(ctr % ReplayWindow::kSize / kWordBits);
}

}  // namespace

bool ReplayWindow::fresh(std::uint64_t ctr) const {
  return check(ctr).has_value();
}

Result<void> ReplayWindow::check(std::uint64_t ctr) const {
  if (!any_ || ctr > highest_) return {};
  if (highest_ - ctr >= kSize) return fail(Error::kTooOld);
  if ((seen_[word_of(ctr)] & bit_of(ctr)) != 0) return fail(Error::kReplayed);
  return {};
}

void ReplayWindow::commit(std::uint64_t ctr) {
  if (any_ && ctr <= highest_) {
    if (highest_ - ctr < kSize) seen_[word_of(ctr)] |= bit_of(ctr);
    return;
  }
  // The numbers between the old and the new highest have not been seen.
  if (!any_ || ctr - highest_ >= kSize) {
    seen_.fill(0);
  } else {
    for (std::uint64_t skipped = highest_ + 1; skipped != ctr; ++skipped) clear(skipped);
  }
  any_ = true;
  highest_ = ctr;
  seen_[word_of(ctr)] |= bit_of(ctr);
}

void ReplayWindow::clear(std::uint64_t ctr) {
  seen_[word_of(ctr)] &= ~bit_of(ctr);
}

}  // namespace sotto
