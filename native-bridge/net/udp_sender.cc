#include "net/udp_sender.h"

#include <netinet/udp.h>

#include <cerrno>
#include <cstring>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

namespace sotto::bridge {
namespace {

// So many refusals in a row, over different destinations as likely as not, are the machine's
// and not one peer's path.
constexpr int kRefusals = 16;

}  // namespace

UdpSender::UdpSender(int fd, int family)
    : fd_(fd), family_(family), messages_(kMessages), staged_(kMessages), pieces_(kPieces) {
  int off = 0;
  stats_.gso = setsockopt(fd, SOL_UDP, UDP_SEGMENT, &off, sizeof(off)) == 0;
}

void UdpSender::send(const DatagramQueue& queue) {
  runs_.build(queue);
  for (const DatagramRun& run : runs_.runs()) {
    auto datagrams = runs_.order().subspan(run.first, run.count);
    if (stats_.gso) {
      stage(queue, datagrams, run.segment_size);
      continue;
    }
    for (std::size_t i = 0; i < datagrams.size(); ++i) stage(queue, datagrams.subspan(i, 1), 0);
  }
  flush();
}

void UdpSender::stage(const DatagramQueue& queue, std::span<const std::uint32_t> datagrams,
                      std::size_t segment_size) {
  if (message_count_ == kMessages || piece_count_ + datagrams.size() > kPieces) flush();
  const auto& first = queue.datagrams()[datagrams.front()];
  Staged& staged = staged_[message_count_];
  staged.to = to_socket_address(first.path.remote, family_);
  staged.first = static_cast<std::uint32_t>(piece_count_);
  if (staged.to.size == 0) {
    stats_.dropped_error += datagrams.size();
    return;
  }
  for (std::uint32_t index : datagrams) {
    ByteView bytes = queue.bytes(queue.datagrams()[index]);
    pieces_[piece_count_++] = {const_cast<std::uint8_t*>(bytes.data()), bytes.size()};
  }
  msghdr& header = messages_[message_count_++].msg_hdr;
  header = {};
  header.msg_name = staged.to.get();
  header.msg_namelen = staged.to.size;
  header.msg_iov = &pieces_[staged.first];
  header.msg_iovlen = datagrams.size();
  if (datagrams.size() > 1) {
    header.msg_control = staged.control.bytes.data();
    header.msg_controllen = staged.control.bytes.size();
    cmsghdr* control = CMSG_FIRSTHDR(&header);
    control->cmsg_level = SOL_UDP;
    control->cmsg_type = UDP_SEGMENT;
    control->cmsg_len = CMSG_LEN(sizeof(std::uint16_t));
    auto size = static_cast<std::uint16_t>(segment_size);
    std::memcpy(CMSG_DATA(control), &size, sizeof(size));
  }
}

void UdpSender::flush() {
  std::size_t sent = 0;
  while (sent < message_count_) {
    ++stats_.calls;
    int count =
        sendmmsg(fd_, &messages_[sent], static_cast<unsigned>(message_count_ - sent), MSG_DONTWAIT);
    if (count > 0) {
      for (std::size_t end = sent + static_cast<std::size_t>(count); sent < end; ++sent) {
        stats_.datagrams += messages_[sent].msg_hdr.msg_iovlen;
        if (messages_[sent].msg_hdr.msg_iovlen > 1) refusals_ = 0;
      }
      continue;
    }
    int code = errno;
    if (code == EINTR) continue;
    if (code == EAGAIN || code == ENOBUFS) {
      for (; sent < message_count_; ++sent) {
        stats_.dropped_full += messages_[sent].msg_hdr.msg_iovlen;
      }
      break;
    }
    if (gso_failed(sent, code)) {
      send_singly(sent);
    } else {
      stats_.dropped_error += messages_[sent].msg_hdr.msg_iovlen;
    }
    ++sent;
  }
  message_count_ = piece_count_ = 0;
}

// EIO: the route's network card cannot do checksums; it never will. EINVAL: an older kernel, or a
// segment above this path's MTU, which ends GSO only when nobody gets through.
bool UdpSender::gso_failed(std::size_t message, int code) {
  if (messages_[message].msg_hdr.msg_iovlen < 2) return false;
  if (code == EIO) {
    stats_.gso = false;
  } else if (code == EINVAL || code == EMSGSIZE) {
    if (++refusals_ >= kRefusals) stats_.gso = false;
  } else {
    return false;
  }
  return true;
}

void UdpSender::send_singly(std::size_t message) {
  msghdr header = messages_[message].msg_hdr;
  iovec* pieces = header.msg_iov;
  std::size_t count = header.msg_iovlen;
  header.msg_control = nullptr;
  header.msg_controllen = 0;
  header.msg_iovlen = 1;
  for (std::size_t i = 0; i < count; ++i) {
    header.msg_iov = pieces + i;
    ++stats_.calls;
    if (sendmsg(fd_, &header, MSG_DONTWAIT) >= 0) {
      ++stats_.datagrams;
    } else if (errno == EAGAIN || errno == ENOBUFS) {
      ++stats_.dropped_full;
    } else {
      ++stats_.dropped_error;
    }
  }
}

}  // namespace sotto::bridge
