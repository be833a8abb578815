// Handshakes over a network that loses datagrams, in virtual time.
#include <gtest/gtest.h>

#include "datagram/classify.h"
#include "dtls/record.h"
#include "support/virtual_call.h"
#include "transport/transport.h"

namespace sotto::bridge {
namespace {

using test::VirtualCall;
using Direction = VirtualCall::Direction;
using namespace std::chrono_literals;

bool is_dtls(ByteView datagram) {
  return classify(datagram) == DatagramKind::kDtls;
}

// Loses the n-th DTLS datagram of one direction.
void lose_nth(VirtualCall& call, Direction direction, int n) {
  call.lose = [direction, left = n](Direction sent, const Path&, ByteView datagram) mutable {
    return sent == direction && is_dtls(datagram) && left-- == 0;
  };
}

TEST(HandshakeLoss, AnyOneLostDatagramCostsOneRetransmission) {
  for (const Direction direction : {Direction::kToBridge, Direction::kToPeer}) {
    for (int n = 0; n < 4; ++n) {
      VirtualCall call(static_cast<std::uint64_t>(n + 1));
      lose_nth(call, direction, n);
      const Time start = call.now;
      ASSERT_TRUE(call.connect()) << n;
      EXPECT_LE(call.now - start, 300ms) << "datagram " << n;
      EXPECT_EQ(call.peer.handshakes_completed(), 1u);
    }
  }
}

TEST(HandshakeLoss, ALostFirstTransmissionOfEveryFlightIsRepaired) {
  for (const Direction direction : {Direction::kToBridge, Direction::kToPeer}) {
    VirtualCall call;
    Time last_dropped = call.now;
    int dropped = 0;
    // Every datagram that comes after 40 ms of silence opens a flight, and is lost, five times.
    call.lose = [&](Direction sent, const Path&, ByteView datagram) {
      if (sent != direction || !is_dtls(datagram)) return false;
      if (dropped >= 5 || call.now - last_dropped < 40ms) return false;
      last_dropped = call.now;
      ++dropped;
      return true;
    };
    EXPECT_TRUE(call.connect());
    EXPECT_GE(dropped, 1);
  }
}

TEST(HandshakeLoss, RandomLossOfAThirdStillConnectsAHundredTimes) {
  int connected = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    VirtualCall call(seed);
    sotto::test::SeededRandom fate(seed * 77);
    call.lose = [&](Direction, const Path&, ByteView) { return fate.below(3) == 0; };
    if (call.connect()) ++connected;
    EXPECT_FALSE(call.bridge.failed()) << seed;
    EXPECT_FALSE(call.peer.failed()) << seed;
  }
  EXPECT_EQ(connected, 100);
}

TEST(HandshakeLoss, RetransmissionStopsWhenTheHandshakeIsComplete) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  std::size_t dtls = 0;
  call.lose = [&](Direction, const Path&, ByteView datagram) {
    dtls += is_dtls(datagram);
    return false;
  };
  call.run_for(5s);
  EXPECT_EQ(dtls, 0u);
}

TEST(HandshakeLoss, ASilentPeerIsSentTheFlightMoreAndMoreRarely) {
  VirtualCall call;
  std::vector<Time> sent;
  call.lose = [&](Direction direction, const Path&, ByteView datagram) {
    if (direction != Direction::kToPeer || !is_dtls(datagram)) return false;
    if (sent.empty() || sent.back() != call.now) sent.push_back(call.now);
    return true;
  };
  call.start();
  call.run_for(400ms);
  ASSERT_GE(sent.size(), 4u);
  EXPECT_EQ(sent[1] - sent[0], 50ms);
  EXPECT_EQ(sent[2] - sent[1], 100ms);
  EXPECT_EQ(sent[3] - sent[2], 200ms);
  const std::size_t before = sent.size();
  call.run_for(10s);
  EXPECT_LE(sent.size() - before, 12u);
}

TEST(HandshakeLoss, ARepeatedRecordHasANewSequenceNumber) {
  // A peer that dropped the first copy because it came too early must not take the second for a
  // replay.
  VirtualCall call;
  std::vector<std::vector<std::uint8_t>> flight;
  call.lose = [&](Direction direction, const Path&, ByteView datagram) {
    if (direction != Direction::kToPeer || !is_dtls(datagram)) return false;
    flight.emplace_back(datagram.begin(), datagram.end());
    return true;
  };
  call.start();
  call.run_for(100ms);
  ASSERT_GE(flight.size(), 2u);
  const auto first = DtlsRecord::parse(flight[0]);
  const auto again = DtlsRecord::parse(flight[flight.size() / 2]);
  ASSERT_TRUE(first && again);
  EXPECT_GT(again->sequence, first->sequence);
}

}  // namespace
}  // namespace sotto::bridge
