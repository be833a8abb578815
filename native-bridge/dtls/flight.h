// Retransmission of handshake flights (RFC 6347 section 4.2.4) in the time that our callers tell.
//
// OpenSSL can do this only by its own clock. So the datagrams of the latest flight are kept, and
// sent again at 50, 100, 200 ... ms, 1 s at most, until the handshake is complete. That is enough:
// - The only flight that a DTLS 1.2 server repeats by timer is its ServerHello to ServerHelloDone,
//   all in epoch 0. Repeated records need new sequence numbers, as a peer that has dropped a
//   message which came too early (NSS does) would take the same number for a replay: records of
//   epoch 0 are numbered here, each time they are sent.
// - The last flight (ChangeCipherSpec, Finished) is repeated when the peer repeats its own. OpenSSL
//   does that itself when it sees a fresh Finished; for a repetition without one, repeat() sends
//   what was kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/time.h"
#include "datagram/datagram_queue.h"
#include "datagram/path.h"

namespace sotto::bridge {

using Datagrams = std::vector<std::vector<std::uint8_t>>;

class Flight {
 public:
  static constexpr Duration kFirstTimeout = std::chrono::milliseconds(50);
  static constexpr Duration kLastTimeout = std::chrono::seconds(1);

  // Sends a new flight, which replaces the one before. With `await_reply` it is sent again until
  // the next flight or stop().
  void send(Time now, const Path& path, Datagrams datagrams, bool await_reply, DatagramQueue& out);
  // Sends the kept flight again, unless that was done less than kFirstTimeout ago.
  void repeat(Time now, const Path& path, DatagramQueue& out);
  // Repeats the flight if it is due. Without a path only the timer moves on.
  void handle_timeout(Time now, const Path* path, DatagramQueue& out);
  void stop() { due_ = Time::max(); }
  Time next_timeout() const { return due_; }

 private:
  void transmit(Time now, const Path& path, DatagramQueue& out);

  Datagrams datagrams_;
  std::uint64_t next_record_ = 0;
  Time last_sent_ = Time::min();
  Time due_ = Time::max();
  Duration timeout_ = kFirstTimeout;
};

}  // namespace sotto::bridge
