// The whole program but main(): options, log, signals, the loop.
#pragma once

#include <string>
#include <vector>

namespace sotto::bridge {

// The exit status: 0 after SIGTERM or SIGINT, 2 when it cannot start.
int run(const std::vector<std::string>& arguments);

}  // namespace sotto::bridge
