// Which offer of the subscribe connection is out, and what the next one must have. One is
// unanswered at most: what is needed meanwhile goes into one more offer after the answer.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace sotto::bridge {

class SubscribeOffers {
 public:
  // The conference wants `seats` in all. The pool never shrinks.
  void need_seats(std::size_t seats) { needed_ = std::max(needed_, seats); }
  void need_restart() { restart_needed_ = true; }

  // An offer should be made now.
  bool due() const { return !unanswered_ && (needed_ > offered_ || restart_needed_); }
  bool restart_needed() const { return restart_needed_; }
  std::size_t needed() const { return needed_; }

  // `sdp` offers `seats`; it takes the place of one that is unanswered.
  void offered(std::size_t seats, std::string sdp) {
    ++generation_;
    offered_ = seats;
    unanswered_ = true;
    restart_needed_ = false;
    sdp_ = std::move(sdp);
  }
  void answered() {
    unanswered_ = false;
    sdp_.clear();
  }
  // A new connection: its first offer has every seat again.
  void start_over() {
    offered_ = 0;
    unanswered_ = false;
    restart_needed_ = false;
    sdp_.clear();
  }

  std::uint64_t generation() const { return generation_; }  // of the last offer; 0: none yet
  std::size_t seats() const { return offered_; }            // in the last offer
  bool unanswered() const { return unanswered_; }
  const std::string& sdp() const { return sdp_; }  // of the unanswered offer

 private:
  std::uint64_t generation_ = 0;
  std::size_t offered_ = 0;
  std::size_t needed_ = 0;
  bool unanswered_ = false;
  bool restart_needed_ = false;
  std::string sdp_;
};

}  // namespace sotto::bridge
