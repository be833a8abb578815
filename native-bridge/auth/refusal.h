// Why a token does not admit. Each has a name on the wire (docs/protocol.md, "Errors") and a
// sentence for whoever makes the tokens; neither repeats anything of the token.
#pragma once

#include <cstdint>
#include <string_view>

namespace sotto::bridge::auth {

enum class Refusal : std::uint8_t {
  kMissing,
  kMalformed,
  kAlgorithm,
  kKey,
  kSignature,
  kExpired,
  kNotYetValid,
  kAudience,
  kIssuer,
  kTenant,
  kRoom,
};

std::string_view sentence(Refusal refusal);

}  // namespace sotto::bridge::auth
