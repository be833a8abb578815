#include "ops/load_config.h"

namespace sotto::bridge {

// A repeatable option takes its values with commas between. Variables that start with SOTTO_ and
// name no option belong to somebody else's scripts and are left alone.
std::vector<Assignment> read_environment(const Environment& environment) {
  std::vector<Assignment> assignments;
  for (const Option& option : option_table()) {
    std::string name = environment_name(option.name);
    auto value = environment(name);
    if (!value) continue;
    std::string_view rest = *value;
    while (option.repeatable) {
      auto comma = rest.find(',');
      if (comma == rest.npos) break;
      assignments.push_back({&option, std::string(rest.substr(0, comma)), name});
      rest.remove_prefix(comma + 1);
    }
    assignments.push_back({&option, std::string(rest), name});
  }
  return assignments;
}

}  // namespace sotto::bridge
