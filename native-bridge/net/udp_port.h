// The one UDP port of all media. Receives batches with recvmmsg into a fixed arena, and hands out
// each datagram in place.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/bytes.h"
#include "datagram/address.h"
#include "net/bound_socket.h"
#include "net/udp_sender.h"

namespace sotto::bridge {

struct UdpReceiveStats {
  std::uint64_t datagrams = 0;
  std::uint64_t calls = 0;
  std::uint64_t oversized = 0;  // longer than any packet of ours; dropped
};

class UdpPort {
 public:
  // `on_datagram` may change the bytes; `after_batch` follows each batch, for sending answers.
  struct Handler {
    std::function<void(const Address& remote, MutableBytes datagram)> on_datagram;
    std::function<void()> after_batch;
  };
  UdpPort(boost::asio::io_context& io, BoundSocket socket, Handler handler);

  void start();
  void stop();
  void send(const DatagramQueue& queue) { sender_.send(queue); }

  std::uint16_t port() const { return port_; }
  const UdpReceiveStats& received() const { return stats_; }
  const UdpSendStats& sent() const { return sender_.stats(); }

 private:
  static constexpr std::size_t kBatch = 64;
  static constexpr std::size_t kDatagramBytes = 2048;
  // Batches taken before other sockets and timers get their turn.
  static constexpr int kBatchesPerTurn = 16;

  void wait();
  bool receive_batch();

  std::uint16_t port_;
  UdpSender sender_;
  boost::asio::posix::stream_descriptor descriptor_;
  Handler handler_;
  UdpReceiveStats stats_;
  std::vector<std::uint8_t> arena_;
  std::vector<SocketAddress> sources_;
  std::vector<iovec> pieces_;
  std::vector<mmsghdr> messages_;
};

}  // namespace sotto::bridge
