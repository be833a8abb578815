// Somebody else on the network, during a call.
#include <gtest/gtest.h>

#include "sim/world.h"

namespace sotto::bridge::sim {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const std::vector<Source> kBoth{Source::kMicrophone, Source::kCamera};

const Path kAttacker{0, *Address::from_text("203.0.113.66", 6666)};

// A call of two, and everything that an eavesdropper on the bridge's side has seen of it.
struct TappedCall {
  struct Seen {
    Path path;
    std::vector<std::uint8_t> bytes;
  };

  World world{41};
  Participant& one = world.add(kBoth);
  Participant& two = world.add(kBoth);
  std::vector<Seen> seen;

  TappedCall() {
    world.network.tap = [this](Network::Direction direction, const Path& path, ByteView bytes) {
      if (direction == Network::Direction::kToBridge && seen.size() < 4000) {
        seen.push_back({path, {bytes.begin(), bytes.end()}});
      }
    };
    world.run_for(seconds(2));
    world.network.tap = nullptr;
    world.run_for(milliseconds(100));  // what is seen has arrived
  }
  std::size_t received() const {
    std::size_t sum = 0;
    for (const auto& [track, reception] : one.receptions) sum += reception.counters.size();
    for (const auto& [track, reception] : two.receptions) sum += reception.counters.size();
    return sum;
  }
  // Of the 2 x 90 packets a second, nearly all still arrive, each as it was sent.
  void expect_the_call_goes_on() {
    const std::size_t before = received();
    world.run_for(seconds(3));
    EXPECT_GT(received(), before + 500);
    EXPECT_EQ(one.corrupted() + two.corrupted(), 0u);
    EXPECT_EQ(one.claims_broken + two.claims_broken, 0u);
    EXPECT_EQ(one.publisher->handshakes_completed(), 1u);
  }
};

TEST(Attack, EverythingReplayedFromElsewhereChangesNothing) {
  TappedCall call;
  ASSERT_GT(call.seen.size(), 300u);
  const std::uint64_t forwarded = call.world.bridge.stats().rtp_forwarded;
  for (const auto& datagram : call.seen) call.world.inject(kAttacker, datagram.bytes);
  EXPECT_EQ(call.world.bridge.stats().rtp_forwarded, forwarded);
  call.expect_the_call_goes_on();
}

TEST(Attack, EverythingReplayedUnderItsOwnAddressChangesNothing) {
  TappedCall call;
  const std::uint64_t forwarded = call.world.bridge.stats().rtp_forwarded;
  for (const auto& datagram : call.seen) call.world.inject(datagram.path, datagram.bytes);
  EXPECT_EQ(call.world.bridge.stats().rtp_forwarded, forwarded);
  call.expect_the_call_goes_on();
}

TEST(Attack, ThousandsOfForgedDatagramsUnderTheirAddressesChangeNothing) {
  TappedCall call;
  sotto::test::SeededRandom random(9);
  const std::uint64_t forwarded = call.world.bridge.stats().rtp_forwarded;
  for (int i = 0; i < 20000; ++i) {
    const auto& datagram = call.seen[random.below(call.seen.size())];
    std::vector<std::uint8_t> forged = datagram.bytes;
    for (std::uint64_t edits = 1 + random.below(4); edits > 0; --edits) {
      const std::size_t at = random.below(forged.size());
      forged[at] = static_cast<std::uint8_t>(forged[at] ^ (1 + random.below(255)));
    }
    if (random.below(4) == 0) forged.resize(random.below(forged.size()) + 1);
    call.world.inject(random.below(2) == 0 ? datagram.path : kAttacker, forged);
  }
  EXPECT_EQ(call.world.bridge.stats().rtp_forwarded, forwarded);
  EXPECT_LE(call.world.bridge.stats().paths, 4u);
  call.expect_the_call_goes_on();
}

TEST(Attack, ForgedAlertsUnderTheirAddressesDoNotEndTheCall) {
  TappedCall call;
  // DTLS alerts in the clear (epoch 0): close_notify, and a fatal one.
  for (const std::uint8_t description : {0, 40, 80}) {
    const std::uint8_t level = description == 0 ? 1 : 2;
    for (std::uint8_t sequence = 0; sequence < 50; ++sequence) {
      for (std::uint16_t port : {40000, 40001}) {
        const std::array<std::uint8_t, 4> ip{10, 0, 0, 1};
        call.world.inject({0, *Address::from_bytes(ip, port)},
                          std::vector<std::uint8_t>{21, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, sequence,
                                                    0, 2, level, description});
      }
    }
  }
  call.expect_the_call_goes_on();
}

TEST(Attack, GarbageFromEverywhereIsDroppedUnanswered) {
  World world(42);
  sotto::test::SeededRandom random(10);
  for (int i = 0; i < 20000; ++i) {
    std::vector<std::uint8_t> garbage(1 + random.below(200));
    random.fill(garbage);
    const std::array<std::uint8_t, 4> ip{198, 51, 100, static_cast<std::uint8_t>(i)};
    world.inject({0, *Address::from_bytes(ip, static_cast<std::uint16_t>(1 + i % 60000))}, garbage);
  }
  EXPECT_EQ(world.network.sent(), 0u);
  EXPECT_EQ(world.bridge.stats().paths, 0u);
  EXPECT_EQ(world.bridge.stats().datagrams_unroutable, 20000u);
}

}  // namespace
}  // namespace sotto::bridge::sim
