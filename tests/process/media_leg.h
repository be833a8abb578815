// One socket to the bridge's media port: UDP, or ICE-TCP with its frames.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "datagram/tcp_framing.h"

namespace sotto::test {

class MediaLeg {
 public:
  enum class Kind { kUdp, kTcp };
  using Receiver = std::function<void(MutableBytes)>;

  MediaLeg(boost::asio::io_context& io, std::uint16_t media_port, Kind kind, Receiver receiver);

  ~MediaLeg() { *alive_ = false; }
  MediaLeg(const MediaLeg&) = delete;
  MediaLeg& operator=(const MediaLeg&) = delete;

  void send(ByteView datagram);
  bool open() const { return open_; }

 private:
  void read_udp();
  void read_tcp();

  Kind kind_;
  // Handlers may come when the leg is gone: they hold this, and look whether it is still whole.
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  Receiver receiver_;
  bool open_ = true;
  boost::asio::ip::udp::socket udp_;
  boost::asio::ip::tcp::socket tcp_;
  std::vector<std::uint8_t> buffer_;
  bridge::TcpFrameReader reader_;
};

}  // namespace sotto::test
