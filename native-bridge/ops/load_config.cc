#include "ops/load_config.h"

#include <filesystem>
#include <map>

namespace sotto::bridge {

std::variant<Config, ConfigError> apply(std::span<const std::vector<Assignment>> sources) {
  // The highest source that names an option decides it alone, also when it is repeatable: a list
  // is replaced, not added to.
  std::map<const Option*, const std::vector<Assignment>*> deciding;
  for (const auto& source : sources) {
    for (const Assignment& assignment : source) deciding[assignment.option] = &source;
  }
  Config config;
  for (const auto& source : sources) {
    for (const Assignment& assignment : source) {
      if (deciding[assignment.option] != &source) continue;
      if (auto complaint = assignment.option->set(config, assignment.value)) {
        return ConfigError{assignment.origin + ": '" + assignment.value + "' will not do, it " +
                           *complaint};
      }
    }
  }
  return config;
}

std::optional<ConfigError> check_config(const Config& config) {
  namespace fs = std::filesystem;
  if (config.tls_cert.empty() != config.tls_key.empty()) {
    return ConfigError{"--tls-cert and --tls-key belong together: give both or neither"};
  }
  if (config.ice_tcp && config.port != 0 && config.port == config.media_port) {
    return ConfigError{"--port and --media-port are both " + std::to_string(config.port) +
                       ": ICE-TCP needs the media port for itself, choose another"};
  }
  const bool rules_for_tokens = !config.token_audiences.empty() || !config.token_issuers.empty() ||
                                !config.token_tenants.empty() || !config.open_rooms.empty();
  if (config.token_keys.empty() && rules_for_tokens) {
    return ConfigError{
        "rooms need no token without --token-keys: name the file, or leave the other "
        "--token options and --open-room out"};
  }
  if (config.ping_timeout <= config.ping_interval) {
    return ConfigError{"--ping-timeout must be longer than --ping-interval"};
  }
  std::error_code error;
  if (!config.web_root.empty() &&
      !fs::is_regular_file(fs::path(config.web_root) / "index.html", error)) {
    return ConfigError{"--web-root: there is no index.html in '" + config.web_root +
                       "'; build the call page first or name its folder"};
  }
  return {};
}

ConfigOutcome load_config(std::span<const std::string> arguments, const Environment& environment) {
  auto line = read_command_line(arguments);
  if (auto* error = std::get_if<ConfigError>(&line)) return *error;
  auto& flags = std::get<CommandLine>(line);
  if (flags.printout) return *flags.printout;

  std::vector<std::vector<Assignment>> sources;
  auto file = flags.config_file ? flags.config_file : environment("SOTTO_CONFIG");
  if (file) {
    auto assignments = read_config_file(*file);
    if (auto* error = std::get_if<ConfigError>(&assignments)) return *error;
    sources.push_back(std::get<std::vector<Assignment>>(std::move(assignments)));
  }
  sources.push_back(read_environment(environment));
  sources.push_back(std::move(flags.assignments));

  auto config = apply(sources);
  if (auto* error = std::get_if<ConfigError>(&config)) return *error;
  if (auto error = check_config(std::get<Config>(config))) return *error;
  return std::get<Config>(std::move(config));
}

}  // namespace sotto::bridge
