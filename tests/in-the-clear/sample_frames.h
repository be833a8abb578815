// The frames that are sealed over and over: real ones of every codec, key and delta, RED, spatial
// layers; of H.265 made-up ones.
#pragma once

#include <string>
#include <vector>

#include "shared/captured_frames.h"
#include "shared/media/h265_access_unit.h"

namespace sotto {

inline constexpr std::size_t kSealings = 1024;

struct SampleFrame {
  std::string name;
  Codec codec;
  bool key_frame = false;
  std::vector<std::uint8_t> bytes;
};

inline std::vector<SampleFrame> sample_frames() {
  std::vector<SampleFrame> frames;
  for (const CapturedFile& file : kFixtureFiles) {
    std::size_t number = 0;
    for (CapturedFrame& frame : read_captured(std::string(SOTTO_FIXTURES "/frames/") + file.name)) {
      frames.push_back({.name = std::string(file.name) + " " + std::to_string(number++),
                        .codec = file.codec,
                        .key_frame = frame.key_frame,
                        .bytes = frame.bytes});
    }
  }
  SeededRandom random(265);
  for (const bool key : {true, false}) {
    frames.push_back({.name = key ? "H.265 key" : "H.265 delta",
                      .codec = Codec::kH265,
                      .key_frame = key,
                      .bytes = make_h265_access_unit(key ? 19 : 1, random).bytes});
  }
  return frames;
}

}  // namespace sotto
