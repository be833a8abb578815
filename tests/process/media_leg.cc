#include "process/media_leg.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace sotto::test {

namespace asio = boost::asio;
using boost::system::error_code;

MediaLeg::MediaLeg(asio::io_context& io, std::uint16_t media_port, Kind kind, Receiver receiver)
    : kind_(kind), receiver_(std::move(receiver)), udp_(io), tcp_(io), buffer_(2048) {
  auto host = asio::ip::make_address("127.0.0.1");
  error_code error;
  if (kind == Kind::kUdp) {
    udp_.connect({host, media_port}, error);
    read_udp();
  } else {
    tcp_.connect({host, media_port}, error);
    tcp_.set_option(asio::ip::tcp::no_delay(true), error);
    read_tcp();
  }
  open_ = !error;
}

void MediaLeg::send(ByteView datagram) {
  error_code error;
  if (kind_ == Kind::kUdp) {
    udp_.send(asio::buffer(datagram.data(), datagram.size()), 0, error);
    return;
  }
  std::vector<std::uint8_t> frame;
  if (!bridge::append_tcp_frame(frame, datagram, 1 << 20)) return;
  asio::write(tcp_, asio::buffer(frame), error);
  if (error) open_ = false;
}

void MediaLeg::read_udp() {
  udp_.async_receive(asio::buffer(buffer_),
                     [this, alive = alive_](error_code error, std::size_t size) {
                       if (!*alive || error == asio::error::operation_aborted) return;
                       if (!error) receiver_({buffer_.data(), size});
                       read_udp();
                     });
}

void MediaLeg::read_tcp() {
  MutableBytes space = reader_.space();
  tcp_.async_read_some(asio::buffer(space.data(), space.size()),
                       [this, alive = alive_](error_code error, std::size_t size) {
                         if (!*alive || error == asio::error::operation_aborted) return;
                         if (error) {
                           open_ = false;
                           return;
                         }
                         reader_.commit(size);
                         while (auto datagram = reader_.next()) receiver_(*datagram);
                         read_tcp();
                       });
}

}  // namespace sotto::test
