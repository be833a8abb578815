#include "mls/keys/transcript_hash.h"

#include <gtest/gtest.h>

#include "mls/keys/hash.h"

namespace sotto::mls {
namespace {

TEST(TranscriptHash, ChainsWhatCameBeforeWithTheCommit) {
  EXPECT_EQ(confirmed_transcript_hash(as_bytes("before"), as_bytes("commit")),
            hash({as_bytes("beforecommit")}));
}

TEST(TranscriptHash, AddsTheTagWithItsLength) {
  const Bytes tag(32, 7);
  const std::uint8_t length = 32;
  EXPECT_EQ(interim_transcript_hash(as_bytes("confirmed"), tag),
            hash({as_bytes("confirmed"), {&length, 1}, tag}));
}

}  // namespace
}  // namespace sotto::mls
