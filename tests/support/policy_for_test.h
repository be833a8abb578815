// The only place where a rule of the security profile can be left out.
#pragma once

#include "room/policy.h"

namespace sotto::room {

struct PolicyForTest {
  static Policy without(Rule rule) {
    Policy policy;
    policy.without_ = std::uint64_t{1} << static_cast<unsigned>(rule);
    return policy;
  }
};

}  // namespace sotto::room
