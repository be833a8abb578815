// Datagrams on their way out, in one arena: cores write each packet once, into the place from
// which the shell sends it. Cleared and reused after every flush, so a steady flow allocates
// nothing. When it is full (the shell is behind), packets are dropped and counted, as a full
// socket buffer would drop them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "datagram/path.h"

namespace sotto::bridge {

class DatagramQueue {
 public:
  struct Datagram {
    Path path;
    std::size_t offset;
    std::size_t size;
  };

  // `bytes` and `datagrams` bound what waits between two flushes.
  explicit DatagramQueue(std::size_t bytes = 8u << 20, std::size_t datagrams = 8192);

  // Room for a datagram of at most `size` bytes; empty when there is none (counted as a drop).
  // Valid until the next call; nothing is queued before commit().
  MutableBytes reserve(std::size_t size);
  // Queues the first `size` bytes of the last reservation.
  void commit(const Path& path, std::size_t size);
  // reserve, copy, commit.
  void push(const Path& path, ByteView datagram);

  bool empty() const { return datagrams_.empty(); }
  const std::vector<Datagram>& datagrams() const { return datagrams_; }
  ByteView bytes(const Datagram& datagram) const {
    return ByteView(arena_).subspan(datagram.offset, datagram.size);
  }
  void clear();
  std::uint64_t dropped() const { return dropped_; }

 private:
  std::vector<std::uint8_t> arena_;
  std::vector<Datagram> datagrams_;
  std::size_t used_ = 0;
  std::size_t reserved_ = 0;
  std::size_t limit_;
  std::uint64_t dropped_ = 0;
};

}  // namespace sotto::bridge
