#include "delivery/fair_queue.h"

#include <utility>

namespace sotto::bridge::delivery {

FairQueue::~FairQueue() {
  for (const auto& [sender, lane] : lanes_) shared_.subtract(lane.bytes);
}

bool FairQueue::push(Queued message) {
  const std::size_t size = message.frame.size();
  const auto [found, is_new] = lanes_.try_emplace(message.sender);
  Lane& lane = found->second;
  if (is_new) {
    turns_.push_back(message.sender);
  } else if (lane.bytes + size > lane_bytes_ || shared_.over()) {
    return false;
  }
  lane.bytes += size;
  shared_.add(size);
  lane.waiting.push_back(std::move(message));
  return true;
}

std::optional<Queued> FairQueue::pop(Time now) {
  if (turns_.empty() || !allowance_.ready(now)) return std::nullopt;
  while (true) {
    const EndpointName sender = turns_.front();
    Lane& lane = lanes_.find(sender)->second;
    const std::size_t size = lane.waiting.front().frame.size();
    if (lane.deficit < size) {
      lane.deficit += kQuantum;
      turns_.pop_front();
      turns_.push_back(sender);
      continue;
    }
    Queued first = std::move(lane.waiting.front());
    lane.waiting.pop_front();
    lane.deficit -= size;
    lane.bytes -= size;
    shared_.subtract(size);
    if (lane.waiting.empty()) {
      turns_.pop_front();
      lanes_.erase(sender);
    }
    return first;
  }
}

}  // namespace sotto::bridge::delivery
