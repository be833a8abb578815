// One ICE-TCP connection: frames in, frames out.
#pragma once

#include <vector>

#include "datagram/tcp_framing.h"
#include "net/ice_tcp.h"

namespace sotto::bridge {

class IceTcp::Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Clock = std::chrono::steady_clock;

  Connection(IceTcp& owner, boost::asio::ip::tcp::socket socket, Path path);

  void read();
  void send(ByteView packet);
  // Once; tells the owner.
  void close();
  // The owner is going: no more calls to it.
  void orphan();
  bool overdue(Clock::time_point now) const;
  const Path& path() const { return path_; }

 private:
  void deliver();
  void write();

  IceTcp* owner_;
  boost::asio::ip::tcp::socket socket_;
  Path path_;
  TcpFrameReader reader_;
  std::vector<std::uint8_t> waiting_;
  std::vector<std::uint8_t> writing_;
  Clock::time_point opened_ = Clock::now();
  Clock::time_point heard_ = opened_;
  bool answered_ = false;
};

}  // namespace sotto::bridge
