#include "transport/transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "datagram/classify.h"
#include "support/virtual_call.h"

namespace sotto::bridge {
namespace {

using test::VirtualCall;
using test::VirtualPeer;
using ::testing::ElementsAre;
using namespace std::chrono_literals;
using Event = Transport::Event;

TEST(Transport, ConnectsAndCarriesMediaBothWays) {
  VirtualCall call;
  ASSERT_TRUE(call.connect());
  EXPECT_THAT(call.events, ElementsAre(Event::kConnected));
  EXPECT_EQ(call.peer.profile(), SrtpProfile::kAeadAes128Gcm);

  const auto up = call.next_rtp();
  const auto down = call.next_rtp(0x5678);
  ASSERT_TRUE(call.peer.send_rtp(call.now, up));
  ASSERT_TRUE(call.bridge.send_rtp(call.now, down, call.queue));
  call.run_for(50ms);
  EXPECT_THAT(call.bridge_received, ElementsAre(up));
  ASSERT_EQ(call.peer.received().size(), 1u);
  EXPECT_EQ(call.peer.received()[0].bytes, down);
  EXPECT_FALSE(call.peer.received()[0].rtcp);
}

TEST(Transport, SpeaksTheOlderProfileToAPeerThatOffersNoOther) {
  VirtualCall call(2, {.only_profile = SrtpProfile::kAes128CmSha1_80});
  ASSERT_TRUE(call.connect());
  EXPECT_EQ(call.peer.profile(), SrtpProfile::kAes128CmSha1_80);
  const auto up = call.next_rtp();
  ASSERT_TRUE(call.peer.send_rtp(call.now, up));
  call.run_for(50ms);
  EXPECT_THAT(call.bridge_received, ElementsAre(up));
}

}  // namespace
}  // namespace sotto::bridge
