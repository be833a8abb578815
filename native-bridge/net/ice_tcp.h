// ICE-TCP (RFC 6544), passive only: media over TCP for networks that block UDP, on the same port
// number. Each connection gets a number that becomes Path::connection.
//
// Nobody is authenticated yet when a connection opens, so everything is bounded: connections in
// all and per address, bytes waiting in both directions, and the time until the bridge answers
// something (noise and checks for nobody here get no answer).
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "datagram/path.h"
#include "net/bound_socket.h"

namespace sotto::bridge {

struct IceTcpLimits {
  std::size_t connections = 4096;
  std::size_t connections_per_address = 64;
  std::size_t waiting_bytes = 512 * 1024;  // of one connection; more is dropped as on a full link
  std::chrono::milliseconds first_answer{10000};
  std::chrono::milliseconds idle{60000};  // RFC 7675 consent is asked for at least twice in it
};

struct IceTcpStats {
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;  // over a limit
  std::uint64_t frames_in = 0;
  std::uint64_t frames_out = 0;
  std::uint64_t frames_dropped = 0;
  std::size_t open = 0;
};

class IceTcp {
 public:
  struct Handler {
    std::function<void(const Path& path, MutableBytes packet)> on_packet;
    std::function<void()> after_batch;
    std::function<void(std::uint64_t connection)> on_closed;
  };
  IceTcp(boost::asio::io_context& io, BoundSocket socket, IceTcpLimits limits, Handler handler);
  ~IceTcp();

  void start();
  void stop();
  // Ignored when the connection is gone.
  void send(std::uint64_t connection, ByteView packet);
  const IceTcpStats& stats() const { return stats_; }

 private:
  class Connection;
  friend class Connection;

  void accept();
  void admit(boost::asio::ip::tcp::socket socket);
  void sweep();
  void forget(std::uint64_t number);

  IceTcpLimits limits_;
  Handler handler_;
  IceTcpStats stats_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer timer_;
  bool sweeping_ = false;
  std::uint64_t last_number_ = 0;
  std::map<std::uint64_t, std::shared_ptr<Connection>> connections_;
  std::map<std::string, std::size_t> per_address_;
};

}  // namespace sotto::bridge
