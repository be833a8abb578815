#include "delivery/ordered_log.h"

#include <utility>

namespace sotto::bridge::delivery {

OrderedLog::~OrderedLog() {
  shared_.subtract(bytes_);
}

void OrderedLog::append(Time now, SharedFrame frame) {
  expire(now);
  bytes_ += frame->size();
  shared_.add(frame->size());
  entries_.push_back({now, std::move(frame)});
  ++last_;
  const std::size_t most = shared_.over() ? limits_.little_bytes : limits_.backlog_bytes;
  while (!entries_.empty() && (bytes_ > most || entries_.size() > limits_.backlog_messages)) {
    drop_oldest();
  }
}

bool OrderedLog::complete_after(std::uint64_t after) const {
  return after <= last_ && last_ - after <= entries_.size();
}

std::vector<SharedFrame> OrderedLog::frames_after(std::uint64_t after) const {
  std::vector<SharedFrame> frames;
  if (after >= last_) return frames;
  const std::uint64_t wanted = last_ - after;
  std::size_t at =
      wanted < entries_.size() ? entries_.size() - static_cast<std::size_t>(wanted) : 0;
  for (; at < entries_.size(); ++at) frames.push_back(entries_[at].frame);
  return frames;
}

void OrderedLog::expire(Time now) {
  while (!entries_.empty() && next_expiry() <= now) drop_oldest();
}

Time OrderedLog::next_expiry() const {
  return entries_.empty() ? Time::max() : entries_.front().at + limits_.backlog_age;
}

void OrderedLog::drop_oldest() {
  bytes_ -= entries_.front().frame->size();
  shared_.subtract(entries_.front().frame->size());
  entries_.pop_front();
  // An empty deque keeps a block or two; rooms that are silent for long should cost nothing.
  if (entries_.empty()) std::deque<Entry>().swap(entries_);
}

}  // namespace sotto::bridge::delivery
