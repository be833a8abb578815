// Constants of Sotto's SFrame profile (docs/sframe-profile.md).
#pragma once

#include <array>
#include <cstdint>

namespace sotto {

inline constexpr std::uint8_t kProfileVersion = 0x01;

// The SFrame metadata (and so the end of the AAD) of every sealed frame.
inline constexpr std::array<std::uint8_t, 1> kFrameMetadata = {kProfileVersion};

// Larger frames are refused before anything is computed; encoders stay far below.
inline constexpr std::size_t kMaxFrameSize = std::size_t{16} << 20;

}  // namespace sotto
