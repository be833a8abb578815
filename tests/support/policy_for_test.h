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
  // For an attack that several rules stand in the way of.
  template <typename... Rules>
  static Policy without(Rule rule, Rules... others) {
    Policy policy;
    policy.without_ = (without(rule).without_ | ... | without(others).without_);
    return policy;
  }
};

}  // namespace sotto::room
