#include "dtls/record.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace sotto::bridge {
namespace {

// ChangeCipherSpec in epoch 0 and a protected record of epoch 1, from a recorded last flight.
std::vector<std::uint8_t> last_flight() {
  return from_hex(
             "14fefd00000000000000070001"
             "01"
             "16fefd00010000000000000004"
             "deadbeef")
      .value();
}

TEST(DtlsRecord, ReadsTheRecordsOfADatagram) {
  const auto datagram = last_flight();
  const auto first = DtlsRecord::parse(datagram);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->type, 20);
  EXPECT_EQ(first->version, 0xfefd);
  EXPECT_EQ(first->epoch, 0);
  EXPECT_EQ(first->sequence, 7u);
  EXPECT_EQ(first->length, 1);
  const auto second = DtlsRecord::parse(ByteView(datagram).subspan(first->size()));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->epoch, 1);
  EXPECT_FALSE(DtlsRecord::parse(ByteView(datagram).first(13)));
}

TEST(DtlsRecord, OnlyUnprotectedRecordsAreRenumbered) {
  auto datagram = last_flight();
  std::uint64_t next = 0x123456789a;
  renumber_plain_records(datagram, next);
  EXPECT_EQ(to_hex(datagram),
            "14fefd00000012345678"
            "9a000101"
            "16fefd00010000000000000004deadbeef");
  EXPECT_EQ(next, 0x123456789bu);
}

TEST(DtlsRecord, TellsAPlainHandshakeMessage) {
  auto datagram = last_flight();
  EXPECT_FALSE(has_plain_handshake(datagram));
  datagram[0] = DtlsRecord::kHandshake;
  EXPECT_TRUE(has_plain_handshake(datagram));
  datagram.resize(5);
  EXPECT_FALSE(has_plain_handshake(datagram));
}

}  // namespace
}  // namespace sotto::bridge
