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
  // For an attack that two rules stand in the way of.
  static Policy without(Rule rule, Rule other) {
    Policy policy;
    policy.without_ = without(rule).without_ | without(other).without_;
    return policy;
  }
};

}  // namespace sotto::room
