// All deadlines of a bridge in one binary heap: setting one costs log n, the next one is at the
// top, and nobody walks over ten thousand rooms to find out that nothing is due.
#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "base/time.h"

namespace sotto::bridge {

class MediaConnection;
class TimerQueue;
struct Endpoint;
struct Room;
struct RoomDelivery;
struct Socket;

using TimerOwner = std::variant<Socket*, Endpoint*, MediaConnection*, Room*, RoomDelivery*>;

// One deadline. Lives in its owner; leaves the queue with it.
class Timer {
 public:
  Timer(TimerQueue& queue, TimerOwner owner) : queue_(queue), owner_(owner) {}
  ~Timer() { set(Time::max()); }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  // Time::max() for never.
  void set(Time at);
  void cancel() { set(Time::max()); }
  bool is_set() const { return at_ != Time::max(); }
  Time at() const { return at_; }

 private:
  friend class TimerQueue;
  static constexpr std::size_t kNotQueued = static_cast<std::size_t>(-1);

  TimerQueue& queue_;
  TimerOwner owner_;
  Time at_ = Time::max();
  std::size_t place_ = kNotQueued;
};

class TimerQueue {
 public:
  // Time::max() when nothing is set.
  Time next() const { return heap_.empty() ? Time::max() : heap_.front()->at_; }
  // Takes out one timer that is due at `now` and tells whose it is; false when none is.
  bool pop_due(Time now, TimerOwner& owner);
  std::size_t size() const { return heap_.size(); }

 private:
  friend class Timer;
  void update(Timer& timer);
  void remove(Timer& timer);
  void place(std::size_t at, Timer* timer);
  void sift_up(std::size_t at);
  void sift_down(std::size_t at);

  std::vector<Timer*> heap_;  // the earliest first
};

}  // namespace sotto::bridge
