// What the opaque handles are.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>

#include "abi.h"
#include "e2ee/frame_sealer.h"
#include "e2ee/link_session.h"
#include "e2ee/participant.h"
#include "os_random.h"

struct sotto_session {
  std::unique_ptr<sotto::LinkSession> link;
  sotto::abi::OsRandom random;
};

// It has what it needs of its session, so it may outlive it and run in another thread.
struct sotto_sealer {
  sotto::FrameSealer sealer;
};

// Keys of one sender. Callers' clocks may be anything; the core's time neither goes back nor comes
// near its ends.
struct sotto_participant {
  sotto::abi::OsRandom random;  // the participant holds on to it
  std::unique_ptr<sotto::Participant> participant;
  std::int64_t latest_us = 0;

  sotto::Time at(std::int64_t now_us) {
    latest_us = std::clamp(now_us, latest_us, INT64_MAX / 2);
    return sotto::from_microseconds(latest_us);
  }
};
