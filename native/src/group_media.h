// The frame side of a group, which its keeper and the threads of the media share.
#pragma once

#include <algorithm>
#include <deque>
#include <mutex>

#include "room/group_frames.h"
#include "room/waiting_frames.h"

namespace sotto::abi {

struct GroupMedia {
  std::mutex mutex;  // of all that follows; nothing slow is done under it
  room::GroupFrames frames;
  room::WaitingFrames waiting;           // codec (u8) || frame
  std::deque<room::WaitingFrame> again;  // of those, what something new may have come for
  bool news = false;
  bool over = false;  // the group is gone: no key is used any more
  std::int64_t latest_us = 0;

  Time at(std::int64_t now_us) {
    latest_us = std::clamp(now_us, latest_us, INT64_MAX / 2);
    return from_microseconds(latest_us);
  }
};

}  // namespace sotto::abi

struct sotto_group_frames {
  std::shared_ptr<sotto::abi::GroupMedia> media;
};
