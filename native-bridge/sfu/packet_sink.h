// Where the conference writes packets: straight into the place from which they are encrypted
// and sent. No call allocates.
#pragma once

#include <cstddef>

#include "base/bytes.h"
#include "sfu/media_types.h"

namespace sotto::bridge {

class PacketSink {
 public:
  virtual ~PacketSink() = default;

  // Room for one plain packet of at most `max_plain` bytes to that endpoint's connection; empty
  // when it cannot be sent now (not connected, arena full). Nothing is sent before a finish;
  // a begin() that is followed by another begin() was given up.
  virtual MutableBytes begin(EndpointIndex to, Connection connection, std::size_t max_plain) = 0;
  // Protects and queues the first `size` bytes of the last begin().
  virtual void finish_rtp(std::size_t size) = 0;
  virtual void finish_rtcp(std::size_t size) = 0;
};

}  // namespace sotto::bridge
