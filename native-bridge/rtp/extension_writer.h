// Writes the extension block of a forwarded packet: ids of the receiver's m-line, hop-by-hop
// elements replaced.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/byte_writer.h"
#include "rtp/extension_reader.h"
#include "rtp/header_extension.h"

namespace sotto::bridge {

// One packet's elements, by extension; empty: left out. MID, RID, repaired RID, transport-cc
// and abs-send-time are hop-by-hop: never copied from the publisher, written only when set here.
struct OutgoingExtensions {
  std::string_view mid;
  std::optional<std::uint32_t> abs_send_time;
  ByteView audio_level;
  ByteView dependency_descriptor;
  ByteView video_orientation;

  // What of `values` goes on to a receiver.
  static OutgoingExtensions end_to_end(const ExtensionValues& values);
};

// Writes profile, length and elements for those extensions that `map` has: the one-byte form if
// every id is below 15 and every element at most 16 bytes, else the two-byte form. Writes
// nothing and returns false when there is nothing to write (the X bit must then be 0).
bool write_extensions(ByteWriter& writer, const OutgoingExtensions& extensions,
                      const ExtensionMap& map);

}  // namespace sotto::bridge
