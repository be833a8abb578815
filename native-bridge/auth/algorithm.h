// The signatures that tokens may have (RFC 7518 section 3.1). All are of a public key: whoever
// reads the bridge's configuration can make no token.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sotto::bridge::auth {

enum class Algorithm : std::uint8_t { kRs256, kPs256, kEs256, kEs384 };

std::string_view name(Algorithm algorithm);
// Nothing for `none`, shared secrets (HS256) and whatever else there is.
std::optional<Algorithm> algorithm_from(std::string_view name);

inline bool is_rsa(Algorithm algorithm) {
  return algorithm == Algorithm::kRs256 || algorithm == Algorithm::kPs256;
}

}  // namespace sotto::bridge::auth
