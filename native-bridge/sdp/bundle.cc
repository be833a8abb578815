#include "sdp/bundle.h"

#include <algorithm>

#include "sdp/tokens.h"

namespace sotto::bridge::sdp {

namespace {

constexpr std::string_view kBundle = "BUNDLE ";
constexpr std::size_t kMaxMid = 32;

SdpError media_error(std::string_view mid, std::string_view why) {
  return {"m-line with mid \"" + std::string(mid) + "\": " + std::string(why)};
}

}  // namespace

std::vector<std::string_view> bundle_group(const SessionDescription& session) {
  for (const Attribute& attribute : session.attributes.list) {
    const std::string_view value = attribute.value;
    if (attribute.name == "group" && value.starts_with(kBundle)) {
      return split(value.substr(kBundle.size()), ' ');
    }
  }
  return {};
}

bool is_rejected(const MediaDescription& media) {
  return media.port == "0" && !media.attributes.has("bundle-only");
}

std::string_view mid_of(const MediaDescription& media) {
  const std::string* mid = media.attributes.find("mid");
  return mid != nullptr ? std::string_view(*mid) : std::string_view{};
}

std::optional<SdpError> check_bundle(const SessionDescription& session,
                                     const std::vector<const MediaDescription*>& used) {
  const auto group = bundle_group(session);
  std::vector<std::string_view> seen;
  for (const MediaDescription* media : used) {
    const std::string_view mid = mid_of(*media);
    if (!is_identifier(mid, kMaxMid)) return SdpError{"a=mid is missing or malformed"};
    if (std::find(seen.begin(), seen.end(), mid) != seen.end()) {
      return media_error(mid, "a=mid is used twice");
    }
    seen.push_back(mid);
    if (used.size() > 1 && std::find(group.begin(), group.end(), mid) == group.end()) {
      return media_error(mid, "is not in a=group:BUNDLE");
    }
    if (!media->attributes.has("rtcp-mux")) return media_error(mid, "a=rtcp-mux is missing");
  }
  return std::nullopt;
}

const MediaDescription* tagged_media(const SessionDescription& session,
                                     const std::vector<const MediaDescription*>& used) {
  for (std::string_view mid : bundle_group(session)) {
    for (const MediaDescription* media : used) {
      if (mid_of(*media) == mid) return media;
    }
  }
  return used.empty() ? nullptr : used.front();
}

}  // namespace sotto::bridge::sdp
