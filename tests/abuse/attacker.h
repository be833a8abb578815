// Strangers who send the bridge mutated packets and messages by every way in: UDP, ICE-TCP and
// WebSockets, which they open again when the bridge closes them.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "abuse/mutator.h"
#include "process/live_client.h"
#include "process/media_leg.h"

namespace sotto::test {

class Attacker {
 public:
  Attacker(boost::asio::io_context& io, const LiveClient::Server& server, Mutator& mutator);
  ~Attacker();

  void send_udp();
  void send_tcp();
  void send_text();

  std::uint64_t packets_sent() const { return packets_; }
  std::uint64_t texts_sent() const { return texts_; }
  std::uint64_t sockets_opened() const { return opened_; }

 private:
  class Signaling;
  static constexpr std::size_t kSockets = 8;

  boost::asio::io_context& io_;
  LiveClient::Server server_;
  Mutator& mutator_;
  std::vector<std::unique_ptr<MediaLeg>> udp_;
  std::vector<std::unique_ptr<MediaLeg>> tcp_;
  std::vector<std::shared_ptr<Signaling>> signaling_;
  std::uint64_t packets_ = 0;
  std::uint64_t texts_ = 0;
  std::uint64_t opened_ = 0;
};

}  // namespace sotto::test
