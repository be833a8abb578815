// BUNDLE (RFC 8843): all m-lines over one transport.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sdp/session_description.h"

namespace sotto::bridge::sdp {

// The mids of the first a=group:BUNDLE; empty without one.
std::vector<std::string_view> bundle_group(const SessionDescription& session);

// Port 0, unless a=bundle-only says that it is meant for the group.
bool is_rejected(const MediaDescription& media);

// The m-line's a=mid, or "".
std::string_view mid_of(const MediaDescription& media);

// Finds why the m-lines in `used` cannot share one transport: a missing or repeated mid, not in the
// BUNDLE group, no rtcp-mux.
std::optional<SdpError> check_bundle(const SessionDescription& session,
                                     const std::vector<const MediaDescription*>& used);

// The m-line of `used` whose transport the group uses: the first of the group's order. Null when
// `used` is empty.
const MediaDescription* tagged_media(const SessionDescription& session,
                                     const std::vector<const MediaDescription*>& used);

}  // namespace sotto::bridge::sdp
