// The option table, for people to read.
#pragma once

#include <string>

namespace sotto::bridge {

std::string help_text();
std::string version_text();
// The table of docs/configuration.md.
std::string options_markdown();

}  // namespace sotto::bridge
