#include "bridge/timer_queue.h"

#include <utility>

namespace sotto::bridge {

void Timer::set(Time at) {
  if (at == at_) return;
  at_ = at;
  if (at == Time::max()) {
    queue_.remove(*this);
  } else {
    queue_.update(*this);
  }
}

bool TimerQueue::pop_due(Time now, TimerOwner& owner) {
  if (heap_.empty() || heap_.front()->at_ > now) return false;
  Timer& timer = *heap_.front();
  owner = timer.owner_;
  timer.cancel();
  return true;
}

void TimerQueue::update(Timer& timer) {
  if (timer.place_ == Timer::kNotQueued) {
    heap_.push_back(&timer);
    timer.place_ = heap_.size() - 1;
  }
  sift_up(timer.place_);
  sift_down(timer.place_);
}

void TimerQueue::remove(Timer& timer) {
  const std::size_t at = timer.place_;
  if (at == Timer::kNotQueued) return;
  timer.place_ = Timer::kNotQueued;
  Timer* last = heap_.back();
  heap_.pop_back();
  if (last == &timer) return;
  place(at, last);
  sift_up(at);
  sift_down(last->place_);
}

void TimerQueue::place(std::size_t at, Timer* timer) {
  heap_[at] = timer;
  timer->place_ = at;
}

void TimerQueue::sift_up(std::size_t at) {
  while (at > 0) {
    const std::size_t parent = (at - 1) / 2;
    if (heap_[parent]->at_ <= heap_[at]->at_) return;
    Timer* timer = heap_[at];
    place(at, heap_[parent]);
    place(parent, timer);
    at = parent;
  }
}

void TimerQueue::sift_down(std::size_t at) {
  while (true) {
    std::size_t earliest = at;
    for (std::size_t child = 2 * at + 1; child <= 2 * at + 2 && child < heap_.size(); ++child) {
      if (heap_[child]->at_ < heap_[earliest]->at_) earliest = child;
    }
    if (earliest == at) return;
    Timer* timer = heap_[at];
    place(at, heap_[earliest]);
    place(earliest, timer);
    at = earliest;
  }
}

}  // namespace sotto::bridge
