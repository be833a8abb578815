#include "auth/algorithm.h"

namespace sotto::bridge::auth {

std::string_view name(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::kRs256:
      return "RS256";
    case Algorithm::kPs256:
      return "PS256";
    case Algorithm::kEs256:
      return "ES256";
    case Algorithm::kEs384:
      return "ES384";
  }
  return "";
}

std::optional<Algorithm> algorithm_from(std::string_view text) {
  for (const Algorithm algorithm :
       {Algorithm::kRs256, Algorithm::kPs256, Algorithm::kEs256, Algorithm::kEs384}) {
    if (text == name(algorithm)) return algorithm;
  }
  return std::nullopt;
}

}  // namespace sotto::bridge::auth
