#include <limits>
#include <utility>

#include "bridge/core.h"

namespace sotto::bridge {
namespace {

using signaling::ErrorCode;
using signaling::MessageError;

ErrorCode code_of(auth::Refusal refusal) {
  switch (refusal) {
    case auth::Refusal::kMissing:
      return ErrorCode::kTokenRequired;
    case auth::Refusal::kMalformed:
      return ErrorCode::kTokenMalformed;
    case auth::Refusal::kAlgorithm:
      return ErrorCode::kTokenAlgorithm;
    case auth::Refusal::kKey:
      return ErrorCode::kTokenKey;
    case auth::Refusal::kSignature:
      return ErrorCode::kTokenSignature;
    case auth::Refusal::kExpired:
      return ErrorCode::kTokenExpired;
    case auth::Refusal::kNotYetValid:
      return ErrorCode::kTokenNotYetValid;
    case auth::Refusal::kAudience:
      return ErrorCode::kTokenAudience;
    case auth::Refusal::kIssuer:
      return ErrorCode::kTokenIssuer;
    case auth::Refusal::kTenant:
      return ErrorCode::kTokenTenant;
    case auth::Refusal::kRoom:
      return ErrorCode::kTokenRoom;
  }
  return ErrorCode::kTokenMalformed;
}

}  // namespace

void Bridge::Core::set_token_keys(std::shared_ptr<const auth::KeySet> keys) {
  token_keys_ = std::move(keys);
}

void Bridge::Core::set_unix_time(Time now, auth::UnixSeconds seconds) {
  unix_at_zero_ = seconds * 1'000'000 - microseconds(now);
}

auth::UnixSeconds Bridge::Core::unix_time(Time now) const {
  if (!unix_at_zero_) return std::numeric_limits<auth::UnixSeconds>::max();
  return (*unix_at_zero_ + microseconds(now)) / 1'000'000;
}

Bridge::Core::Refusal Bridge::Core::admit(Time now, const Socket& socket,
                                          const signaling::Join& join) {
  if (!config_.admission) return std::nullopt;
  MessageError refused{ErrorCode::kTokenBusy, "token",
                       "too many tokens of this address are being checked; try again in a while"};
  if (!join.token || token_checks_.take(now, socket.remote_ip)) {
    // What the token gives beyond its room is for members to judge: the bridge keeps none of it.
    const auto outcome =
        auth::admit(join.token, *token_keys_, *config_.admission, join.room, unix_time(now));
    const auto* refusal = std::get_if<auth::Refusal>(&outcome);
    if (!refusal) {
      if (join.token) ++counters_.tokens_accepted;
      return std::nullopt;
    }
    refused.code = code_of(*refusal);
    refused.message = auth::sentence(*refusal);
  }
  ++counters_.tokens_refused;
  outbox.log({LogLevel::kDebug,
              "token-refused",
              {{"code", std::string(signaling::name(refused.code))}},
              socket.remote_ip});
  return refused;
}

}  // namespace sotto::bridge
