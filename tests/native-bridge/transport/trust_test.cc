// Who is let in: what an attacker on the network, or with a wrong certificate, sees.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "datagram/classify.h"
#include "support/virtual_call.h"
#include "transport/transport.h"

namespace sotto::bridge {
namespace {

using test::VirtualCall;
using test::VirtualPeer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Direction = VirtualCall::Direction;
using Event = Transport::Event;
using Kind = Transport::Received::Kind;
using namespace std::chrono_literals;

Fingerprint other_than(Fingerprint fingerprint) {
  fingerprint.sha256[31] ^= 1;
  return fingerprint;
}

TEST(TransportTrust, AnotherCertificateThanTheAnnouncedOneFails) {
  VirtualCall call;
  call.bridge.set_remote(call.peer.local_ice(), other_than(call.peer.fingerprint()));
  call.peer.set_remote(call.bridge.local_ice(), call.identity.fingerprint());
  call.peer.use_path(call.now, VirtualCall::path(1));
  call.run_for(2s);
  EXPECT_THAT(call.events, ElementsAre(Event::kFailed));
  EXPECT_FALSE(call.bridge.secure());
  EXPECT_FALSE(call.bridge.send_rtp(call.now, call.next_rtp(), call.queue));
  EXPECT_TRUE(call.peer.failed());
}

TEST(TransportTrust, AHandshakeThatOvertakesTheAnswerIsNotTrustedBeforeIt) {
  VirtualCall call;
  call.peer.set_remote(call.bridge.local_ice(), call.identity.fingerprint());
  call.peer.use_path(call.now, VirtualCall::path(1));
  call.run_for(1s);
  ASSERT_TRUE(call.peer.secure());
  EXPECT_FALSE(call.bridge.secure());
  ASSERT_TRUE(call.peer.send_rtp(call.now, call.next_rtp()));
  call.run_for(50ms);
  EXPECT_THAT(call.bridge_received, IsEmpty());
  EXPECT_THAT(call.events, IsEmpty());

  call.bridge.set_remote(call.peer.local_ice(), call.peer.fingerprint());
  call.run_for(0ms);
  EXPECT_THAT(call.events, ElementsAre(Event::kConnected));
  const auto packet = call.next_rtp();
  ASSERT_TRUE(call.peer.send_rtp(call.now, packet));
  call.run_for(50ms);
  EXPECT_THAT(call.bridge_received, ElementsAre(packet));
}

TEST(TransportTrust, AHandshakeThatOvertakesAnAnswerWithAnotherFingerprintFails) {
  VirtualCall call;
  call.peer.set_remote(call.bridge.local_ice(), call.identity.fingerprint());
  call.peer.use_path(call.now, VirtualCall::path(1));
  call.run_for(1s);
  call.bridge.set_remote(call.peer.local_ice(), other_than(call.peer.fingerprint()));
  call.run_for(0ms);
  EXPECT_THAT(call.events, ElementsAre(Event::kFailed));
  EXPECT_FALSE(call.bridge.secure());
}

TEST(TransportTrust, ALaterSdpWithAnotherFingerprintFails) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  call.bridge.set_remote(call.peer.local_ice(), call.peer.fingerprint());
  EXPECT_TRUE(call.bridge.connected());
  call.bridge.set_remote(call.peer.local_ice(), other_than(call.peer.fingerprint()));
  EXPECT_FALSE(call.bridge.connected());
  EXPECT_FALSE(call.bridge.send_rtp(call.now, call.next_rtp(), call.queue));
}

TEST(TransportTrust, NoHandshakeBeforeAnAuthenticCheckOnThatPath) {
  VirtualCall call;
  std::vector<std::uint8_t> hello;
  call.lose = [&](Direction direction, const Path&, ByteView datagram) {
    if (direction == Direction::kToBridge && classify(datagram) == DatagramKind::kDtls &&
        hello.empty()) {
      hello.assign(datagram.begin(), datagram.end());
    }
    return false;
  };
  ASSERT_TRUE(call.connect());
  ASSERT_FALSE(hello.empty());

  Transport fresh(call.identity, call.random, call.now);
  DatagramQueue out;
  fresh.handle_datagram(call.now, VirtualCall::path(1), hello, out);
  EXPECT_TRUE(out.empty());
  EXPECT_EQ(fresh.counters().refused, 1u);
}

TEST(TransportTrust, MediaFromAnUncheckedPathIsRefused) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  std::vector<std::uint8_t> packet;
  call.lose = [&](Direction, const Path&, ByteView datagram) {
    if (classify(datagram) != DatagramKind::kRtp) return false;
    packet.assign(datagram.begin(), datagram.end());
    return true;
  };
  ASSERT_TRUE(call.peer.send_rtp(call.now, call.next_rtp()));
  call.run_for(50ms);
  EXPECT_EQ(call.inject(VirtualCall::path(9), packet).kind, Kind::kNone);
  EXPECT_EQ(call.inject(VirtualCall::path(1), packet).kind, Kind::kRtp);
}

TEST(TransportTrust, AForgedPacketIsDroppedAndCounted) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  EXPECT_EQ(call.inject(VirtualCall::path(1), call.next_rtp()).kind, Kind::kNone);
  auto rtcp = call.next_rtp();
  rtcp[1] = 200;
  EXPECT_EQ(call.inject(VirtualCall::path(1), rtcp).kind, Kind::kNone);
  EXPECT_EQ(call.bridge.counters().unauthenticated, 2u);
}

TEST(TransportTrust, TheSameSequenceNumberIsNeverProtectedTwice) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  auto packet = call.next_rtp();
  EXPECT_TRUE(call.bridge.send_rtp(call.now, packet, call.queue));
  packet.back() ^= 1;
  EXPECT_FALSE(call.bridge.send_rtp(call.now, packet, call.queue));
  EXPECT_EQ(call.queue.datagrams().size(), 1u);
}

TEST(TransportTrust, ThePeersGoodbyeFailsTheTransport) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  call.peer.close();
  call.run_for(50ms);
  EXPECT_THAT(call.events, ElementsAre(Event::kConnected, Event::kFailed));
  EXPECT_FALSE(call.bridge.connected());
}

TEST(TransportTrust, OurGoodbyeReachesThePeerAndEndsSending) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  call.bridge.close(call.queue);
  call.run_for(50ms);
  EXPECT_TRUE(call.peer.failed());
  EXPECT_FALSE(call.bridge.send_rtp(call.now, call.next_rtp(), call.queue));
  EXPECT_EQ(call.bridge.next_timeout(), Time::max());
}

TEST(TransportTrust, ThePacketIsWrittenOnceAndProtectedWhereItLies) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  const auto plain = call.next_rtp();
  MutableBytes room = call.bridge.begin_packet(call.queue, 1200);
  ASSERT_EQ(room.size(), 1200u);
  std::copy(plain.begin(), plain.end(), room.begin());
  ASSERT_TRUE(call.bridge.finish_rtp(plain.size(), call.queue));
  ASSERT_EQ(call.queue.datagrams().size(), 1u);
  EXPECT_EQ(call.queue.bytes(call.queue.datagrams()[0]).data(), room.data());
  EXPECT_EQ(call.queue.datagrams()[0].size, plain.size() + 16);
  EXPECT_FALSE(call.bridge.finish_rtp(plain.size(), call.queue));  // without a begin
}

}  // namespace
}  // namespace sotto::bridge
