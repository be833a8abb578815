// What waits to be sent to a room while more comes than may go out: a lane for each sender, and the
// lanes take turns by bytes (deficit round robin, Shreedhar and Varghese 1995). A sender waits for
// about as many bytes of each other one as its own message has, however much they have queued.
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
  std::string frame;             // or one record of it
  std::vector<EndpointName> to;  // of a Welcome
};

class FairQueue {
 public:
  // `lane_bytes` bounds what one sender has waiting, but one message always may.
  FairQueue(Allowance allowance, std::size_t lane_bytes, SharedBytes& shared)
      : allowance_(allowance), lane_bytes_(lane_bytes), shared_(shared) {}
  ~FairQueue();
  FairQueue(const FairQueue&) = delete;
  FairQueue& operator=(const FairQueue&) = delete;

  // False when the sender has too much waiting already.
  bool push(Queued message);
  // Whose turn it is; nothing when nobody waits or the room's allowance is used up.
  std::optional<Queued> pop(Time now);
  // What the last pop() cost: its bytes, once for each receiver.
  void spend(std::size_t bytes) { allowance_.spend(static_cast<double>(bytes)); }

  bool empty() const { return turns_.empty(); }
  // When pop() will have something; Time::max() when nobody waits.
  Time next_timeout() const { return empty() ? Time::max() : allowance_.ready_at(); }

 private:
  static constexpr std::size_t kQuantum = 16u << 10;
  struct Lane {
    std::deque<Queued> waiting;
    std::size_t bytes = 0;
    std::size_t deficit = 0;
  };

  Allowance allowance_;
  std::size_t lane_bytes_;
  SharedBytes& shared_;
  std::map<EndpointName, Lane> lanes_;  // of those that wait
  std::deque<EndpointName> turns_;
};

}  // namespace sotto::bridge::delivery
