#include "net/udp_port.h"

#include <utility>

namespace sotto::bridge {

UdpPort::UdpPort(boost::asio::io_context& io, BoundSocket socket, Handler handler)
    : port_(socket.port()),
      sender_(socket.fd(), socket.family()),
      descriptor_(io, socket.release()),
      handler_(std::move(handler)),
      arena_(kBatch * kDatagramBytes),
      sources_(kBatch),
      pieces_(kBatch),
      messages_(kBatch) {
  for (std::size_t i = 0; i < kBatch; ++i) {
    pieces_[i] = {arena_.data() + i * kDatagramBytes, kDatagramBytes};
    msghdr& header = messages_[i].msg_hdr;
    header = {};
    header.msg_name = sources_[i].get();
    header.msg_iov = &pieces_[i];
    header.msg_iovlen = 1;
  }
}

void UdpPort::start() {
  wait();
}

void UdpPort::stop() {
  descriptor_.cancel();
}

void UdpPort::wait() {
  descriptor_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                         [this](const boost::system::error_code& error) {
                           if (error) return;
                           for (int i = 0; i < kBatchesPerTurn && receive_batch(); ++i) {
                           }
                           wait();
                         });
}

// Whether there may be more.
bool UdpPort::receive_batch() {
  for (std::size_t i = 0; i < kBatch; ++i) {
    messages_[i].msg_hdr.msg_namelen = sizeof(sockaddr_storage);
  }
  ++stats_.calls;
  int count =
      recvmmsg(descriptor_.native_handle(), messages_.data(), kBatch, MSG_DONTWAIT, nullptr);
  if (count <= 0) return false;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    ++stats_.datagrams;
    if (messages_[i].msg_hdr.msg_flags & MSG_TRUNC) {
      ++stats_.oversized;
      continue;
    }
    Address remote = from_socket_address(sources_[i].get());
    handler_.on_datagram(remote, {arena_.data() + i * kDatagramBytes, messages_[i].msg_len});
  }
  handler_.after_batch();
  return static_cast<std::size_t>(count) == kBatch;
}

}  // namespace sotto::bridge
