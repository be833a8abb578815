// Writes one RTCP packet and reads it back.
#pragma once

#include <gtest/gtest.h>

#include <array>

#include "base/byte_writer.h"
#include "base/hex.h"
#include "rtcp/packet.h"

namespace sotto::bridge::rtcp {

class OnePacket {
 public:
  template <typename Write>
  explicit OnePacket(Write write) {
    ByteWriter writer(buffer_);
    write(writer);
    EXPECT_TRUE(writer.ok());
    size_ = writer.size();
    CompoundReader reader(bytes());
    EXPECT_TRUE(reader.next(packet_));
    Packet more;
    EXPECT_FALSE(reader.next(more));
    EXPECT_FALSE(reader.malformed());
  }
  OnePacket(const OnePacket&) = delete;

  ByteView bytes() const { return ByteView(buffer_).first(size_); }
  std::string hex() const { return to_hex(bytes()); }
  const Packet& operator*() const { return packet_; }

 private:
  std::array<std::uint8_t, 2048> buffer_{};
  std::size_t size_ = 0;
  Packet packet_;
};

}  // namespace sotto::bridge::rtcp
