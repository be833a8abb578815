// Sends a whole queue with as few system calls as the kernel allows: sendmmsg over runs, each
// run one message with UDP GSO.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cstdint>
#include <vector>

#include "datagram/datagram_queue.h"
#include "net/datagram_runs.h"
#include "net/socket_address.h"

namespace sotto::bridge {

struct UdpSendStats {
  std::uint64_t datagrams = 0;
  std::uint64_t calls = 0;
  std::uint64_t dropped_full = 0;   // EAGAIN: the socket's buffer was full
  std::uint64_t dropped_error = 0;  // no route, not permitted, too large for a link
  bool gso = true;                  // false once the kernel or a network card refused it
};

class UdpSender {
 public:
  // `fd` belongs to the caller. `family` as of BoundSocket.
  UdpSender(int fd, int family);
  // Everything of `queue` that goes by UDP. Never blocks.
  void send(const DatagramQueue& queue);
  const UdpSendStats& stats() const { return stats_; }
  // As if the kernel had refused GSO.
  void disable_gso() { stats_.gso = false; }

 private:
  static constexpr std::size_t kMessages = 256;
  static constexpr std::size_t kPieces = 1024;
  struct Control {
    alignas(cmsghdr) std::array<std::uint8_t, CMSG_SPACE(sizeof(std::uint16_t))> bytes;
  };
  struct Staged {
    SocketAddress to;
    Control control;
    std::uint32_t first = 0;  // in pieces_
  };

  void stage(const DatagramQueue& queue, std::span<const std::uint32_t> datagrams,
             std::size_t segment_size);
  void flush();
  bool gso_failed(std::size_t message, int code);
  void send_singly(std::size_t message);

  int fd_;
  int family_;
  UdpSendStats stats_;
  DatagramRuns runs_;
  int refusals_ = 0;  // GSO messages refused with EINVAL since the last that went out
  std::size_t message_count_ = 0;
  std::size_t piece_count_ = 0;
  std::vector<mmsghdr> messages_;
  std::vector<Staged> staged_;
  std::vector<iovec> pieces_;
};

}  // namespace sotto::bridge
