// The words of docs/protocol.md as types. Indices are dense and reused after removal; track
// ids are never reused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rtp/codec.h"

namespace sotto::bridge {

enum class EndpointIndex : std::uint32_t {};
enum class TrackId : std::uint32_t {};  // "t7" on the wire

inline std::size_t slot(EndpointIndex index) { return static_cast<std::size_t>(index); }
inline std::string track_text(TrackId id) {
  return "t" + std::to_string(static_cast<std::uint32_t>(id));
}

enum class Source : std::uint8_t { kMicrophone, kCamera, kScreen, kScreenAudio };
enum class Group : std::uint8_t { kCamera, kScreen };
enum class Connection : std::uint8_t { kPublish, kSubscribe };

constexpr Group group_of(Source source) {
  return source == Source::kMicrophone || source == Source::kCamera ? Group::kCamera
                                                                    : Group::kScreen;
}
constexpr MediaKind kind_of(Source source) {
  return source == Source::kMicrophone || source == Source::kScreenAudio ? MediaKind::kAudio
                                                                         : MediaKind::kVideo;
}

std::string_view name(Source source);  // "microphone", "camera", "screen", "screen-audio"
std::string_view name(Group group);    // "camera", "screen"
std::optional<Source> source_from(std::string_view text);
std::optional<Group> group_from(std::string_view text);

}  // namespace sotto::bridge
