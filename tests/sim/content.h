// What virtual clients send: bytes that tell by themselves who sent them, as what, and whether one
// bit of them is wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "sfu/media_types.h"

namespace sotto::bridge::sim {

struct ContentId {
  std::uint32_t publisher = 0;
  Source source = Source::kMicrophone;
  std::uint32_t counter = 0;
};

constexpr std::size_t kContentHeader = 9;

// `size` bytes, at least kContentHeader; all but the header follow from it.
std::vector<std::uint8_t> make_content(const ContentId& id, std::size_t size);
// Nothing when any byte differs from what make_content() made.
std::optional<ContentId> check_content(ByteView content);

}  // namespace sotto::bridge::sim
