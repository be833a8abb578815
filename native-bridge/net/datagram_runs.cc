#include "net/datagram_runs.h"

#include <bit>

namespace sotto::bridge {

// The destination's number; a new one has an empty chain that begins with `index`.
std::uint32_t DatagramRuns::destination_of(const DatagramQueue& queue, std::uint32_t index) {
  const auto& datagrams = queue.datagrams();
  const Path& path = datagrams[index].path;
  std::size_t mask = table_.size() - 1;
  std::size_t slot = PathHash()(path) & mask;
  while (table_[slot] != 0) {
    std::uint32_t destination = table_[slot] - 1;
    if (datagrams[destinations_[destination].first].path == path) return destination;
    slot = (slot + 1) & mask;
  }
  destinations_.push_back({index, index});
  table_[slot] = static_cast<std::uint32_t>(destinations_.size());
  return table_[slot] - 1;
}

void DatagramRuns::chain(const DatagramQueue& queue) {
  const auto& datagrams = queue.datagrams();
  table_.assign(std::bit_ceil(datagrams.size() * 2 + 1), 0);
  next_.assign(datagrams.size(), 0);
  destinations_.clear();
  for (std::uint32_t i = 0; i < datagrams.size(); ++i) {
    if (datagrams[i].path.is_tcp()) continue;
    std::uint32_t known = static_cast<std::uint32_t>(destinations_.size());
    std::uint32_t destination = destination_of(queue, i);
    if (destination == known) continue;
    next_[destinations_[destination].last] = i + 1;
    destinations_[destination].last = i;
  }
}

void DatagramRuns::build(const DatagramQueue& queue) {
  runs_.clear();
  order_.clear();
  chain(queue);
  const auto& datagrams = queue.datagrams();
  for (const Chain& chain : destinations_) {
    bool open = false;
    std::size_t bytes = 0;
    for (std::uint32_t next = chain.first + 1; next != 0; next = next_[next - 1]) {
      std::size_t size = datagrams[next - 1].size;
      if (open) {
        const DatagramRun& run = runs_.back();
        open = size <= run.segment_size && run.count < kMaxSegments && bytes + size <= kMaxBytes;
      }
      if (!open) {
        runs_.push_back({static_cast<std::uint32_t>(order_.size()), 0, size});
        bytes = 0;
      }
      order_.push_back(next - 1);
      ++runs_.back().count;
      bytes += size;
      open = size == runs_.back().segment_size;
    }
  }
}

}  // namespace sotto::bridge
