// Takes the conference's packets straight into the queue of datagrams, where each receiver's
// transport encrypts them.
#pragma once

#include <vector>

#include "datagram/datagram_queue.h"
#include "sfu/packet_sink.h"
#include "transport/transport.h"

namespace sotto::bridge {

struct Endpoint;

class RoomSink : public PacketSink {
 public:
  // `members` is indexed by EndpointIndex; empty places are null.
  RoomSink(const std::vector<Endpoint*>& members, DatagramQueue& out)
      : members_(members), out_(out) {}

  MutableBytes begin(EndpointIndex to, Connection connection, std::size_t max_plain) override;
  void finish_rtp(std::size_t size) override;
  void finish_rtcp(std::size_t size) override;

 private:
  const std::vector<Endpoint*>& members_;
  DatagramQueue& out_;
  Transport* transport_ = nullptr;  // of the last begin()
};

}  // namespace sotto::bridge
