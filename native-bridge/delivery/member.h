// One endpoint as the delivery service knows it: what it may still send, and what waits for it.
#pragma once

#include <vector>

#include "base/time.h"
#include "delivery/allowance.h"
#include "delivery/frame.h"
#include "delivery/limits.h"

namespace sotto::bridge::delivery {

struct KeptWelcome {
  EndpointName sender{};
  SharedFrame frame;
};

struct Member {
  Member(const DeliveryLimits& limits, Time now)
      : handshakes(limits.handshakes_per_second,
                   limits.handshakes_per_second * limits.burst_seconds, now),
        applications(limits.applications_per_second,
                     limits.applications_per_second * limits.burst_seconds, now),
        handshake_bytes(of_bytes(limits, static_cast<double>(limits.handshake_bytes) / 2, now)),
        admission_bytes(of_bytes(limits, static_cast<double>(limits.welcome_bytes), now)),
        application_bytes(of_bytes(limits, static_cast<double>(limits.application_bytes), now)) {}

  bool waits(Time now) const { return key_package && now < key_package_until; }

  bool following = false;
  Allowance handshakes;
  Allowance applications;
  Allowance handshake_bytes;
  Allowance admission_bytes;
  Allowance application_bytes;

  SharedFrame key_package;  // null: it waits for no Welcome
  Time key_package_until = Time::max();
  std::vector<KeptWelcome> mail;

 private:
  static Allowance of_bytes(const DeliveryLimits& limits, double per_second, Time now) {
    return {per_second, per_second * limits.burst_seconds, now};
  }
};

}  // namespace sotto::bridge::delivery
