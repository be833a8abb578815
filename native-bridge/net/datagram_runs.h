// Sorts a queue of datagrams into runs that one system call each can send: UDP GSO
// (UDP_SEGMENT, udp(7)) takes many datagrams to one destination when all have one size, but
// for the last, which may be shorter. A run costs the kernel little more than one datagram.
//
//   queue:  A1 B1 A1 B1 A2 B2      (1, 2: sizes)
//   runs:   A1 A1 | A2 | B1 B1 | B2
//
// The order within one destination is kept; destinations follow in order of appearance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "datagram/datagram_queue.h"

namespace sotto::bridge {

struct DatagramRun {
  std::uint32_t first;  // in order()
  std::uint32_t count;
  std::size_t segment_size;  // of all but the last
};

class DatagramRuns {
 public:
  static constexpr std::size_t kMaxSegments = 64;  // UDP_MAX_SEGMENTS of older kernels
  static constexpr std::size_t kMaxBytes = 65000;  // below the largest UDP payload

  // Only what goes by UDP; ICE-TCP's datagrams are left out. Reuses its memory.
  void build(const DatagramQueue& queue);

  std::span<const DatagramRun> runs() const { return runs_; }
  // Indices into queue.datagrams().
  std::span<const std::uint32_t> order() const { return order_; }

 private:
  std::uint32_t destination_of(const DatagramQueue& queue, std::uint32_t index);
  void chain(const DatagramQueue& queue);

  struct Chain {
    std::uint32_t first;
    std::uint32_t last;
  };
  std::vector<std::uint32_t> table_;  // open addressing: destination + 1, or 0
  std::vector<std::uint32_t> next_;   // next datagram of the same destination + 1, or 0
  std::vector<Chain> destinations_;
  std::vector<DatagramRun> runs_;
  std::vector<std::uint32_t> order_;
};

}  // namespace sotto::bridge
