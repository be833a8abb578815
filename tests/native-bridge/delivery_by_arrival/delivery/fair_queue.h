// In the place of native-bridge/delivery/fair_queue.h: the same bounds for each sender, and no
// turns.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "delivery/allowance.h"
#include "delivery/frame.h"
#include "delivery/shared_bytes.h"

namespace sotto::bridge::delivery {

struct Queued {
  EndpointName sender{};
  FrameKind kind = FrameKind::kHandshake;
  std::string frame;
  std::vector<EndpointName> to;
};

class FairQueue {
 public:
  FairQueue(Allowance allowance, std::size_t lane_bytes, SharedBytes& shared)
      : allowance_(allowance), lane_bytes_(lane_bytes), shared_(shared) {}
  ~FairQueue() {
    for (const auto& [sender, bytes] : bytes_) shared_.subtract(bytes);
  }
  FairQueue(const FairQueue&) = delete;
  FairQueue& operator=(const FairQueue&) = delete;

  bool push(Queued message) {
    const std::size_t size = message.frame.size();
    std::size_t& bytes = bytes_[message.sender];
    if (bytes != 0 && (bytes + size > lane_bytes_ || shared_.over())) return false;
    bytes += size;
    shared_.add(size);
    waiting_.push_back(std::move(message));
    return true;
  }
  std::optional<Queued> pop(Time now) {
    if (waiting_.empty() || !allowance_.ready(now)) return std::nullopt;
    Queued first = std::move(waiting_.front());
    waiting_.pop_front();
    bytes_[first.sender] -= first.frame.size();
    shared_.subtract(first.frame.size());
    return first;
  }
  void spend(std::size_t bytes) { allowance_.spend(static_cast<double>(bytes)); }

  bool empty() const { return waiting_.empty(); }
  Time next_timeout() const { return empty() ? Time::max() : allowance_.ready_at(); }

 private:
  Allowance allowance_;
  std::size_t lane_bytes_;
  SharedBytes& shared_;
  std::map<EndpointName, std::size_t> bytes_;
  std::deque<Queued> waiting_;
};

}  // namespace sotto::bridge::delivery
