#include "room/group_sealers.h"

#include <gtest/gtest.h>

#include <set>

#include "base/byte_reader.h"
#include "sframe/header.h"

namespace sotto::room {
namespace {

using Bytes = std::vector<std::uint8_t>;

Header seal(FrameSealer& sealer) {
  const Bytes plain(20, 7);
  Bytes out(sealer.max_sealed_size(Codec::kOpus, plain.size()));
  out.resize(*sealer.seal(Codec::kOpus, false, plain, out));
  ByteReader reader(out);
  return *decode_header(reader);
}

TEST(GroupSealers, SealUnderTheirContextsKid) {
  GroupSealers sealers;
  EXPECT_EQ(sealers.sealer(0).error(), Error::kWrongState);
  sealers.begin_epoch(258, 8, {5}, kSottoSuite, mls::Bytes(32, 1));
  EXPECT_EQ(seal(**sealers.sealer(0)).kid, (GroupKid{0, {5}, 2}).kid(3));
  EXPECT_EQ(seal(**sealers.sealer(15)).kid, (GroupKid{15, {5}, 2}).kid(3));
  EXPECT_EQ(sealers.sealer(16).error(), Error::kInvalidArgument);
}

// Epoch 257 has the same low bits as epoch 1, and so has the KID: the CTR is another all the same.
TEST(GroupSealers, UseNoCtrTwiceInAnyEpoch) {
  GroupSealers sealers;
  std::set<std::uint64_t> seen;
  for (std::uint64_t epoch : {1u, 2u, 257u}) {
    sealers.begin_epoch(epoch, 8, {5}, kSottoSuite, mls::Bytes(32, 1));
    for (int i = 0; i < 10; ++i) {
      EXPECT_TRUE(seen.insert(seal(**sealers.sealer(1)).ctr).second);
    }
  }
  EXPECT_EQ(sealers.next_ctr(1), 30u);
  EXPECT_EQ(sealers.next_ctr(0), 0u);
  sealers.begin_epoch(258, 8, {5}, kSottoSuite, mls::Bytes(32, 1));
  EXPECT_EQ(sealers.next_ctr(1), 30u);
}

TEST(GroupSealers, GoOnCountingAfterTheyHaveEnded) {
  GroupSealers sealers;
  sealers.begin_epoch(1, 2, {1}, kSottoSuite, mls::Bytes(32, 1));
  EXPECT_EQ(seal(**sealers.sealer(1)).ctr, 0u);
  sealers.end();
  EXPECT_EQ(sealers.sealer(1).error(), Error::kWrongState);
  sealers.begin_epoch(1, 2, {1}, kSottoSuite, mls::Bytes(32, 1));
  EXPECT_EQ(seal(**sealers.sealer(1)).ctr, 1u);
}

// Simulcast layers ask for the sealer each for itself.
TEST(GroupSealers, HaveOneSealerForAllLayersOfAContext) {
  GroupSealers sealers;
  sealers.begin_epoch(1, 2, {1}, kSottoSuite, mls::Bytes(32, 1));
  EXPECT_EQ(*sealers.sealer(1), *sealers.sealer(1));
}

}  // namespace
}  // namespace sotto::room
