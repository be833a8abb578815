// Flags over environment over file over defaults.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "net/config.h"
#include "ops/option_table.h"

namespace sotto::bridge {

// One clear sentence for the operator.
struct ConfigError {
  std::string text;
};

// What the command line asks for instead of running.
enum class Printout { kHelp, kVersion, kMarkdown };

using ConfigOutcome = std::variant<Config, Printout, ConfigError>;

// The value of an environment variable, or nothing.
using Environment = std::function<std::optional<std::string>(const std::string&)>;

// `arguments` without the program's name.
ConfigOutcome load_config(std::span<const std::string> arguments, const Environment& environment);

// The parts of it.
struct CommandLine {
  std::vector<Assignment> assignments;
  std::optional<std::string> config_file;
  std::optional<Printout> printout;
};
std::variant<CommandLine, ConfigError> read_command_line(std::span<const std::string> arguments);
std::vector<Assignment> read_environment(const Environment& environment);
std::variant<std::vector<Assignment>, ConfigError> read_config_file(const std::string& path);
// Sources in rising order of precedence.
std::variant<Config, ConfigError> apply(std::span<const std::vector<Assignment>> sources);
// What single values cannot tell: a certificate without its key, one port for two things.
std::optional<ConfigError> check_config(const Config& config);

}  // namespace sotto::bridge
