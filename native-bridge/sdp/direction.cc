#include "sdp/direction.h"

#include <optional>

namespace sotto::bridge::sdp {

namespace {

std::optional<Direction> direction_of(const Attributes& attributes) {
  for (const Attribute& attribute : attributes.list) {
    if (attribute.name == "sendrecv") return Direction{true, true};
    if (attribute.name == "sendonly") return Direction{true, false};
    if (attribute.name == "recvonly") return Direction{false, true};
    if (attribute.name == "inactive") return Direction{false, false};
  }
  return std::nullopt;
}

}  // namespace

Direction read_direction(const SessionDescription& session, const MediaDescription& media) {
  if (const auto direction = direction_of(media.attributes)) return *direction;
  return direction_of(session.attributes).value_or(Direction{});
}

}  // namespace sotto::bridge::sdp
