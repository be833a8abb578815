// One sender's stream of frames, and a receiver that has its key.
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "e2ee/frame_opener.h"
#include "e2ee/frame_sealer.h"

namespace sotto {

class OneStream : public testing::Test {
 protected:
  static constexpr std::uint8_t kBaseKey[32] = {0x5f, 0x75};
  static constexpr std::uint64_t kKid = 0x1122334455667788;

  void SetUp() override { ASSERT_TRUE(keys_.put(kKid, kSottoSuite, kBaseKey)); }

  std::vector<std::uint8_t> seal(Codec codec, bool key_frame, ByteView frame) {
    std::vector<std::uint8_t> wire(sealer_.max_sealed_size(codec, frame.size()));
    wire.resize(sealer_.seal(codec, key_frame, frame, wire).value());
    return wire;
  }

  FrameSealer sealer_ = *FrameSealer::create(kKid, kBaseKey);
  KeyStore keys_;
  FrameOpener opener_{keys_};
  std::vector<std::uint8_t> out_;
};

}  // namespace sotto
