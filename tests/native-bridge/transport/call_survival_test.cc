// What a call must live through: replays, outages, changes of network, restarts, noise.
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
using Direction = VirtualCall::Direction;
using Event = Transport::Event;
using Kind = Transport::Received::Kind;
using namespace std::chrono_literals;

// One packet each way arrives.
void expect_media(VirtualCall& call) {
  call.bridge_received.clear();
  call.peer.received().clear();
  const auto up = call.next_rtp();
  const auto down = call.next_rtp(0x5678);
  EXPECT_TRUE(call.peer.send_rtp(call.now, up));
  EXPECT_TRUE(call.bridge.send_rtp(call.now, down, call.queue));
  call.run_for(50ms);
  EXPECT_THAT(call.bridge_received, ElementsAre(up));
  ASSERT_EQ(call.peer.received().size(), 1u);
  EXPECT_EQ(call.peer.received()[0].bytes, down);
}

TEST(CallSurvival, AReplayedPacketIsDropped) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  std::vector<std::uint8_t> recorded;
  call.lose = [&](Direction direction, const Path&, ByteView datagram) {
    if (direction == Direction::kToBridge && classify(datagram) == DatagramKind::kRtp) {
      recorded.assign(datagram.begin(), datagram.end());
    }
    return false;
  };
  ASSERT_TRUE(call.peer.send_rtp(call.now, call.next_rtp()));
  call.run_for(50ms);
  ASSERT_EQ(call.bridge_received.size(), 1u);
  EXPECT_EQ(call.inject(VirtualCall::path(1), recorded).kind, Kind::kNone);
  EXPECT_EQ(call.bridge.counters().replayed, 1u);
}

TEST(CallSurvival, AFiveSecondOutageNeedsNoHandshakeAndNoEvent) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  bool out = true;
  std::size_t handshake_datagrams = 0;
  call.lose = [&](Direction, const Path&, ByteView datagram) {
    handshake_datagrams += classify(datagram) == DatagramKind::kDtls;
    return out;
  };
  call.run_for(5s);
  out = false;
  expect_media(call);
  EXPECT_EQ(handshake_datagrams, 0u);
  EXPECT_EQ(call.peer.handshakes_completed(), 1u);
  EXPECT_THAT(call.events, ElementsAre(Event::kConnected));
}

TEST(CallSurvival, ThirtySecondsWithoutChecksEndSendingUntilTheNextCheck) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  bool out = true;
  call.lose = [&](Direction, const Path&, ByteView) { return out; };
  call.run_for(31s);
  EXPECT_THAT(call.events, ElementsAre(Event::kConnected, Event::kDisconnected));
  EXPECT_FALSE(call.bridge.connected());
  const std::uint64_t before = call.sent_by_bridge;
  EXPECT_FALSE(call.bridge.send_rtp(call.now, call.next_rtp(), call.queue));
  EXPECT_FALSE(call.bridge.send_rtcp(call.now, call.next_rtp(), call.queue));
  call.run_for(5s);
  EXPECT_EQ(call.sent_by_bridge, before);

  out = false;
  call.run_for(600ms);  // one check interval
  EXPECT_THAT(call.events,
              ElementsAre(Event::kConnected, Event::kDisconnected, Event::kReconnected));
  expect_media(call);
  EXPECT_EQ(call.peer.handshakes_completed(), 1u);
}

TEST(CallSurvival, ASenderThatNeverAsksForTimeoutsStillStopsWithoutConsent) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  call.now += 31s;
  EXPECT_FALSE(call.bridge.send_rtp(call.now, call.next_rtp(), call.queue));
}

TEST(CallSurvival, MediaFollowsTheNominationToAnotherNetwork) {
  for (const bool repeat : {true, false}) {
    VirtualCall call(3, {.repeat_nomination = repeat});
    ASSERT_TRUE(call.connect());
    EXPECT_EQ(*call.bridge.selected_path(), VirtualCall::path(1));
    call.peer.use_path(call.now, VirtualCall::path(2));
    call.run_for(100ms);
    EXPECT_EQ(*call.bridge.selected_path(), VirtualCall::path(2));
    std::vector<Path> used;
    call.lose = [&](Direction direction, const Path& path, ByteView) {
      if (direction == Direction::kToPeer) used.push_back(path);
      return false;
    };
    expect_media(call);
    EXPECT_THAT(used, ::testing::Each(VirtualCall::path(2)));
    EXPECT_EQ(call.peer.handshakes_completed(), 1u);
  }
}

TEST(CallSurvival, AnIceRestartKeepsTheCallWhileTheOldPairStillCarriesIt) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  const IceParameters old = call.bridge.local_ice();
  call.peer.restart_ice();
  call.bridge.restart_ice(call.peer.local_ice());
  EXPECT_NE(call.bridge.local_ice().ufrag, old.ufrag);
  EXPECT_TRUE(call.bridge.answers_to(old.ufrag));
  EXPECT_EQ(call.bridge.remote_ice(), call.peer.local_ice());
  call.run_for(2s);  // the answer is on its way; the peer still checks the old pair
  expect_media(call);

  call.peer.set_remote(call.bridge.local_ice(), call.identity.fingerprint());
  call.peer.use_path(call.now, VirtualCall::path(2));
  call.run_for(1s);
  EXPECT_EQ(*call.bridge.selected_path(), VirtualCall::path(2));
  EXPECT_FALSE(call.bridge.answers_to(old.ufrag));
  expect_media(call);
  EXPECT_EQ(call.peer.handshakes_completed(), 1u);
  EXPECT_THAT(call.events, ElementsAre(Event::kConnected));
}

TEST(CallSurvival, ARestartAfterALongOutageReconnectsWithTheSameKeys) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  bool out = true;
  call.lose = [&](Direction, const Path&, ByteView) { return out; };
  call.run_for(40s);
  out = false;
  call.bridge.prepare_restart();
  call.peer.restart_ice();
  call.bridge.set_remote(call.peer.local_ice(), call.peer.fingerprint());
  call.peer.set_remote(call.bridge.local_ice(), call.identity.fingerprint());
  call.peer.use_path(call.now, VirtualCall::path(2));
  call.run_for(100ms);
  EXPECT_THAT(call.events,
              ElementsAre(Event::kConnected, Event::kDisconnected, Event::kReconnected));
  expect_media(call);
}

TEST(CallSurvival, AClosedTcpConnectionGivesWayToAnotherPath) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  Path tcp = VirtualCall::path(1);
  tcp.connection = 7;
  call.peer.use_path(call.now, tcp);
  call.run_for(100ms);
  ASSERT_EQ(*call.bridge.selected_path(), tcp);
  call.bridge.handle_path_closed(call.now, tcp);
  ASSERT_NE(call.bridge.selected_path(), nullptr);
  EXPECT_EQ(*call.bridge.selected_path(), VirtualCall::path(1));
}

// Noise from the selected path and from elsewhere, made of the call's own datagrams.
TEST(CallSurvival, TenThousandMutatedDatagramsLeaveTheCallGoing) {
  VirtualCall call;
  std::vector<std::vector<std::uint8_t>> recorded;
  call.lose = [&](Direction direction, const Path&, ByteView datagram) {
    if (direction == Direction::kToBridge && recorded.size() < 200) {
      recorded.emplace_back(datagram.begin(), datagram.end());
    }
    return false;
  };
  ASSERT_TRUE(call.connect());
  ASSERT_TRUE(call.peer.send_rtp(call.now, call.next_rtp()));
  call.run_for(2s);

  sotto::test::SeededRandom fate(99);
  for (int i = 0; i < 10'000; ++i) {
    auto mutated = recorded[fate.below(recorded.size())];
    for (std::uint64_t flips = 1 + fate.below(4); flips-- > 0;) {
      mutated[fate.below(mutated.size())] ^= static_cast<std::uint8_t>(1u << fate.below(8));
    }
    if (fate.below(4) == 0) mutated.resize(fate.below(mutated.size()) + 1);
    call.inject(VirtualCall::path(fate.below(2) == 0 ? 1 : 9), mutated);
    if (i % 1000 == 0) call.run_for(10ms);
  }
  EXPECT_FALSE(call.bridge.failed());
  EXPECT_EQ(*call.bridge.selected_path(), VirtualCall::path(1));
  call.run_for(1s);
  EXPECT_THAT(call.events, ElementsAre(Event::kConnected));
  expect_media(call);
}

}  // namespace
}  // namespace sotto::bridge
