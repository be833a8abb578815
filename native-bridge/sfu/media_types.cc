#include "sfu/media_types.h"

#include <array>

namespace sotto::bridge {
namespace {

constexpr std::array<std::string_view, 4> kSources = {"microphone", "camera", "screen",
                                                      "screen-audio"};
constexpr std::array<std::string_view, 2> kGroups = {"camera", "screen"};

}  // namespace

std::string_view name(Source source) { return kSources[static_cast<std::size_t>(source)]; }
std::string_view name(Group group) { return kGroups[static_cast<std::size_t>(group)]; }

std::optional<Source> source_from(std::string_view text) {
  for (std::size_t i = 0; i < kSources.size(); ++i) {
    if (kSources[i] == text) return static_cast<Source>(i);
  }
  return std::nullopt;
}

std::optional<Group> group_from(std::string_view text) {
  for (std::size_t i = 0; i < kGroups.size(); ++i) {
    if (kGroups[i] == text) return static_cast<Group>(i);
  }
  return std::nullopt;
}

}  // namespace sotto::bridge
