// SDES with CNAME, and BYE (RFC 3550 sections 6.5, 6.6).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/byte_writer.h"
#include "base/result.h"
#include "rtcp/packet.h"

namespace sotto::bridge::rtcp {

struct SourceDescription {
  std::uint32_t ssrc = 0;
  std::string_view cname;  // empty when the chunk has none
};

class SourceDescriptionReader {
 public:
  explicit SourceDescriptionReader(const Packet& packet)
      : left_(packet.body), count_(packet.count) {}
  // One chunk; false at the end and at a chunk that does not fit.
  bool next(SourceDescription& chunk);

 private:
  ByteView left_;
  std::uint8_t count_;
};

// `cname` is at most 255 bytes.
void write_source_description(ByteWriter& writer, std::uint32_t ssrc, std::string_view cname);

class ByeReader {
 public:
  explicit ByeReader(const Packet& packet) : left_(packet.body), count_(packet.count) {}
  bool next(std::uint32_t& ssrc);

 private:
  ByteView left_;
  std::uint8_t count_;
};

void write_bye(ByteWriter& writer, std::span<const std::uint32_t> ssrcs);  // at most 31

}  // namespace sotto::bridge::rtcp
