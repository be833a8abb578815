// A sender's own participant and the one that a receiver has of it.
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "base/byte_reader.h"
#include "e2ee/sealed_frame.h"
#include "e2ee/sender_keys.h"
#include "e2ee/sender_kid.h"
#include "shared/seeded_random.h"

namespace sotto {

class SenderPair : public testing::Test {
 protected:
  using Bytes = std::vector<std::uint8_t>;

  const Bytes kKey = Bytes(32, 0x11);
  const Bytes kOtherKey = Bytes(32, 0x22);

  SenderPair() { start(kSottoSuite); }

  void start(CipherSuite suite) {
    sender_ = *make_sotto_participant(suite, random_);
    receiver_ = *make_sotto_participant(suite, random_);
  }

  // Gives both the key, and lets the sender use it.
  void give_both(std::uint32_t index, ByteView key, KeyKind kind = KeyKind::kRaw) {
    ASSERT_TRUE(sender_->set_key(index, kind, key, now_));
    ASSERT_TRUE(receiver_->set_key(index, kind, key, now_));
    ASSERT_TRUE(sender_->use_key(index, now_));
  }

  Bytes seal(std::uint8_t context) {
    Bytes wire(sender_->max_sealed_size(Codec::kVp9, frame_.size()));
    auto size = sender_->seal({.codec = Codec::kVp9, .context = context}, frame_, wire);
    EXPECT_TRUE(size);
    wire.resize(size ? *size : 0);
    return wire;
  }
  Error seal_error(std::uint8_t context) {
    Bytes wire(sender_->max_sealed_size(Codec::kVp9, frame_.size()));
    return sender_->seal({.codec = Codec::kVp9, .context = context}, frame_, wire).error();
  }

  Result<OpenedMedia> open(const Bytes& wire, std::uint8_t context = 1) {
    out_.assign(wire.size(), 0);
    return receiver_->open({.codec = Codec::kVp9, .context = context}, wire, out_, now_);
  }

  static SenderKid kid_of(const Bytes& wire) {
    ByteReader reader(wire);
    return SenderKid::of(decode_header(reader)->kid);
  }

  SeededRandom random_;
  Time now_ = from_microseconds(1'000'000);
  Bytes frame_ = Bytes(300, 0x5c);
  Bytes out_;
  std::unique_ptr<Participant> sender_, receiver_;
};

}  // namespace sotto
