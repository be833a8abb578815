// Published vectors, read where SOTTO_REFERENCE_DIR points (ctest sets it). They are not part of
// this repository; where they are absent the tests say so loudly and the ones written out in the
// tests have to do.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/hex.h"

namespace sotto {

// The file's JSON, or nothing (and a notice) when it is not there.
inline std::optional<nlohmann::json> reference_json(const std::string& path) {
  const char* folder = std::getenv("SOTTO_REFERENCE_DIR");
  std::ifstream file(folder == nullptr ? path : std::string(folder) + "/" + path);
  if (!file) {
    std::printf("NOTICE: NOT RUN, no file %s below SOTTO_REFERENCE_DIR\n", path.c_str());
    return std::nullopt;
  }
  return nlohmann::json::parse(file);
}

inline std::vector<std::uint8_t> hex_of(const nlohmann::json& value) {
  return from_hex(value.get<std::string>()).value();
}

inline void print_count(const char* what, std::size_t count) {
  std::printf("vectors: %zu cases of %s\n", count, what);
}

}  // namespace sotto
