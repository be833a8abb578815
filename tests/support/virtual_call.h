// One Transport and one VirtualPeer with a network between them, in virtual time.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "datagram/datagram_queue.h"
#include "dtls/identity.h"
#include "support/seeded_random.h"
#include "support/virtual_peer.h"
#include "transport/transport.h"

namespace sotto::bridge::test {

class VirtualCall {
 public:
  enum class Direction { kToBridge, kToPeer };

  explicit VirtualCall(std::uint64_t seed = 1, const VirtualPeer::Options& options = {});

  // Exchanges parameters as an offer and its answer do, and starts ICE on the first path.
  void start();
  // start(), and runs until both are secure. False when they are not after 10 s.
  bool connect();
  // Delivers and fires timers in order until `span` has passed.
  void run_for(Duration span);
  // Puts a datagram before the bridge now, as if it came by `path`.
  Transport::Received inject(const Path& path, ByteView datagram);
  // Sends all that waits in the bridge's queue into the network.
  void flush();

  // A small RTP packet; each call takes the next sequence number.
  std::vector<std::uint8_t> next_rtp(std::uint32_t ssrc = 0x1234);

  // The bridge-side path of the peer's n-th network.
  static Path path(unsigned n) {
    return {0, *Address::from_bytes(std::array<std::uint8_t, 4>{192, 0, 2, std::uint8_t(n)}, 5000)};
  }
  std::size_t count(Transport::Event event) const;

  sotto::test::SeededRandom random;
  Identity identity;
  Time now = from_microseconds(1'000'000);
  Transport bridge;
  VirtualPeer peer;
  DatagramQueue queue{1 << 20, 1024};

  Duration delay = std::chrono::milliseconds(10);
  // True: the datagram is lost. Asked when it is sent.
  std::function<bool(Direction, const Path&, ByteView)> lose;

  std::vector<Transport::Event> events;
  std::vector<std::vector<std::uint8_t>> bridge_received;  // plain RTP
  std::vector<std::vector<std::uint8_t>> bridge_received_rtcp;
  std::uint64_t sent_by_bridge = 0;  // datagrams, lost ones too

 private:
  struct Flying {
    Direction direction;
    Path path;
    std::vector<std::uint8_t> bytes;
  };

  void collect();
  void deliver(Flying flying);

  std::multimap<Time, Flying> network_;
  std::uint16_t sequence_ = 100;
};

}  // namespace sotto::bridge::test
