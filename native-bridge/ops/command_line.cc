#include "ops/load_config.h"

namespace sotto::bridge {
namespace {

ConfigError unknown(std::string_view name) {
  ConfigError error{"unknown option --" + std::string(name)};
  if (const Option* meant = nearest_option(name)) {
    error.text += ", did you mean --" + std::string(meant->name) + "?";
  } else {
    error.text += "; sotto-bridge --help lists them";
  }
  return error;
}

std::optional<Printout> printout_of(std::string_view argument) {
  if (argument == "--help" || argument == "-h") return Printout::kHelp;
  if (argument == "--version") return Printout::kVersion;
  if (argument == "--help-markdown") return Printout::kMarkdown;
  return {};
}

}  // namespace

std::variant<CommandLine, ConfigError> read_command_line(std::span<const std::string> arguments) {
  CommandLine line;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string_view argument = arguments[i];
    if (auto printout = printout_of(argument)) {
      line.printout = printout;
      return line;
    }
    if (!argument.starts_with("--")) {
      return ConfigError{"unexpected argument '" + arguments[i] + "'; options begin with --"};
    }
    std::string_view name = argument.substr(2);
    std::optional<std::string> value;
    if (auto equals = name.find('='); equals != name.npos) {
      value = name.substr(equals + 1);
      name = name.substr(0, equals);
    }
    const Option* option = find_option(name);
    if (!option && name != "config") return unknown(name);
    if (!value) {
      if (i + 1 == arguments.size()) {
        return ConfigError{"--" + std::string(name) + " needs a value" +
                           (option ? " (" + std::string(option->value) + ")" : " (FILE)")};
      }
      value = arguments[++i];
    }
    if (option) {
      line.assignments.push_back({option, *value, "--" + std::string(name)});
    } else {
      line.config_file = *value;
    }
  }
  return line;
}

}  // namespace sotto::bridge
