// Which of the newest sequence numbers of a stream have been seen: a packet that comes twice
// (first-hand and out of RTX) must not be forwarded twice, since under one SRTP key a sequence
// number is a nonce.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace sotto::bridge {

class SequenceWindow {
 public:
  static constexpr std::int64_t kSize = 1024;

  // `sequence` is unwrapped. True the first time; false for a repetition and for anything that
  // is kSize or more behind the newest.
  bool accept(std::int64_t sequence) {
    if (!newest_) {
      newest_ = sequence;
      seen_.set(bit(sequence));
      return true;
    }
    if (sequence > *newest_) {
      advance(sequence);
      return true;
    }
    if (*newest_ - sequence >= kSize || seen_.test(bit(sequence))) return false;
    seen_.set(bit(sequence));
    return true;
  }

 private:
  static std::size_t bit(std::int64_t sequence) {
    return static_cast<std::size_t>(sequence & (kSize - 1));
  }
  void advance(std::int64_t sequence) {
    if (sequence - *newest_ >= kSize) {
      seen_.reset();
    } else {
      for (std::int64_t gap = *newest_ + 1; gap < sequence; ++gap) seen_.reset(bit(gap));
    }
    newest_ = sequence;
    seen_.set(bit(sequence));
  }

  std::bitset<kSize> seen_;
  std::optional<std::int64_t> newest_;
};

}  // namespace sotto::bridge
