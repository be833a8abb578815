// The one table of options: --help, docs/configuration.md, and the readers of flags, environment
// and file all come from it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "net/config.h"

namespace sotto::bridge {

struct Option {
  std::string_view section;   // heading in --help
  std::string_view name;      // "public-address": --public-address, SOTTO_PUBLIC_ADDRESS
  std::string_view value;     // what it takes, "ADDRESS"
  std::string_view fallback;  // the default, in words
  std::string_view help;
  bool repeatable = false;
  // Sets (or, when repeatable, adds) a value; returns what is wrong with it, or nothing.
  std::optional<std::string> (*set)(Config&, std::string_view) = nullptr;
};

std::span<const Option> option_table();
// nullptr for no such option.
const Option* find_option(std::string_view name);
// The option that was probably meant by `name`; nullptr when nothing is near.
const Option* nearest_option(std::string_view name);
// "public-address" -> "SOTTO_PUBLIC_ADDRESS".
std::string environment_name(std::string_view option);

// One value for one option, before it is understood. `origin` says where it stands, for errors:
// "--port", "SOTTO_PORT", "sotto.toml: port".
struct Assignment {
  const Option* option;
  std::string value;
  std::string origin;
};

}  // namespace sotto::bridge
