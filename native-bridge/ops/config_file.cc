#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <sstream>

#include "ops/load_config.h"

namespace sotto::bridge {
namespace {

// The value as it would stand on the command line; nothing for dates and tables.
std::optional<std::string> text_of(const toml::node& node) {
  if (auto text = node.value_exact<std::string>()) return *text;
  if (auto number = node.value_exact<std::int64_t>()) return std::to_string(*number);
  if (auto truth = node.value_exact<bool>()) return *truth ? "true" : "false";
  if (auto number = node.value_exact<double>()) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << *number;
    return out.str();
  }
  return {};
}

ConfigError unknown(const std::string& path, const std::string& key) {
  ConfigError error{path + ": unknown option '" + key + "'"};
  if (const Option* meant = nearest_option(key)) {
    error.text += ", did you mean '" + std::string(meant->name) + "'?";
  }
  return error;
}

}  // namespace

std::variant<std::vector<Assignment>, ConfigError> read_config_file(const std::string& path) {
  toml::parse_result parsed = toml::parse_file(path);
  if (!parsed) {
    std::ostringstream where;
    where << path << ": " << parsed.error().description();
    if (parsed.error().source().begin)
      where << " (line " << parsed.error().source().begin.line << ")";
    return ConfigError{where.str()};
  }
  std::vector<Assignment> assignments;
  for (auto&& [toml_key, node] : parsed.table()) {
    std::string key(toml_key.str());
    std::string origin = path + ": " + key;
    const Option* option = find_option(key);
    if (!option) return unknown(path, key);
    if (const toml::array* values = node.as_array()) {
      if (!option->repeatable) return ConfigError{origin + ": takes one value, not a list"};
      for (const toml::node& value : *values) {
        auto text = text_of(value);
        if (!text) return ConfigError{origin + ": must be a list of strings or numbers"};
        assignments.push_back({option, *text, origin});
      }
    } else if (auto text = text_of(node)) {
      assignments.push_back({option, *text, origin});
    } else {
      return ConfigError{origin + ": must be a string, a number or true or false"};
    }
  }
  return assignments;
}

}  // namespace sotto::bridge
