// Frames that a browser's encoders made, as tests/fixtures/frames/README.md describes.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "media/codec.h"

namespace sotto {

struct CapturedFrame {
  bool key_frame = false;
  std::vector<std::uint8_t> bytes;
};

struct CapturedFile {
  const char* name;
  Codec codec;
};

inline constexpr CapturedFile kFixtureFiles[] = {
    {"opus.bin", Codec::kOpus}, {"opus-red.bin", Codec::kOpus}, {"vp8.bin", Codec::kVp8},
    {"vp9.bin", Codec::kVp9},   {"av1.bin", Codec::kAv1},       {"h264.bin", Codec::kH264},
};

// The whole recordings, which are not part of this repository.
inline constexpr CapturedFile kWholeFiles[] = {
    {"opus.bin", Codec::kOpus},       {"vp8.bin", Codec::kVp8}, {"vp9.bin", Codec::kVp9},
    {"vp9-l3t3key.bin", Codec::kVp9}, {"av1.bin", Codec::kAv1}, {"h264.bin", Codec::kH264},
};

// Records of u32 length, u8 flags (bit 0: key frame), u32 timestamp, two u8 layers, the bytes;
// integers little-endian.
inline std::vector<CapturedFrame> read_captured(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<std::uint8_t> all(std::istreambuf_iterator<char>(file), {});
  constexpr std::size_t kHeader = 11;
  std::vector<CapturedFrame> frames;
  for (std::size_t at = 0; at + kHeader <= all.size();) {
    const std::size_t size = all[at] | all[at + 1] << 8 | all[at + 2] << 16 |
                             static_cast<std::size_t>(all[at + 3]) << 24;
    if (size > all.size() - at - kHeader) break;
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(at + kHeader);
    frames.push_back({.key_frame = (all[at + 4] & 1) != 0,
                      .bytes = {first, first + static_cast<std::ptrdiff_t>(size)}});
    at += kHeader + size;
  }
  return frames;
}

// Calls `check(codec, frame)` for every fixture frame, and for every frame of the whole recordings
// where they are; prints how many there were.
template <typename Check>
void for_every_captured_frame(Check check) {
  std::size_t count = 0;
  for (const CapturedFile& file : kFixtureFiles) {
    const auto frames = read_captured(std::string(SOTTO_FIXTURES "/frames/") + file.name);
    ASSERT_GE(frames.size(), 2u) << file.name;
    for (const CapturedFrame& frame : frames) check(file.codec, frame);
    count += frames.size();
  }
  const char* reference = std::getenv("SOTTO_REFERENCE_DIR");
  const std::filesystem::path whole =
      std::filesystem::path(reference == nullptr ? "." : reference) / "../captures/frames";
  if (!std::filesystem::exists(whole)) {
    std::printf("NOTICE: no whole recordings beside SOTTO_REFERENCE_DIR, fixtures only\n");
  } else {
    for (const CapturedFile& file : kWholeFiles) {
      const auto frames = read_captured(whole / file.name);
      ASSERT_GT(frames.size(), 100u) << file.name;
      for (const CapturedFrame& frame : frames) check(file.codec, frame);
      count += frames.size();
    }
  }
  std::printf("%zu captured frames\n", count);
}

}  // namespace sotto
