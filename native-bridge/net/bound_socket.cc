#include "net/bound_socket.h"

#include <netinet/in.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "net/socket_address.h"

namespace sotto::bridge {
namespace {

constexpr int kBufferBytes = 8 << 20;

void set(int fd, int level, int name, int value) {
  setsockopt(fd, level, name, &value, sizeof(value));
}

// Bursts of whole key frames to hundreds of receivers wait here. The FORCE variants go beyond
// net.core.[rw]mem_max and need CAP_NET_ADMIN; without it the kernel clamps.
void enlarge_buffers(int fd) {
  set(fd, SOL_SOCKET, SO_RCVBUF, kBufferBytes);
  set(fd, SOL_SOCKET, SO_SNDBUF, kBufferBytes);
  set(fd, SOL_SOCKET, SO_RCVBUFFORCE, kBufferBytes);
  set(fd, SOL_SOCKET, SO_SNDBUFFORCE, kBufferBytes);
}

// The bound port; port 0 was the kernel's choice.
std::uint16_t bound_port(int fd) {
  SocketAddress local;
  local.size = sizeof(local.storage);
  getsockname(fd, local.get(), &local.size);
  return from_socket_address(local.get()).port();
}

}  // namespace

BoundSocket::~BoundSocket() {
  if (fd_ >= 0) close(fd_);
}
BoundSocket::BoundSocket(BoundSocket&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), family_(other.family_), port_(other.port_) {}
BoundSocket& BoundSocket::operator=(BoundSocket&& other) noexcept {
  std::swap(fd_, other.fd_);
  family_ = other.family_;
  port_ = other.port_;
  return *this;
}
int BoundSocket::release() {
  return std::exchange(fd_, -1);
}

std::variant<BoundSocket, BindError> bind_socket(Protocol protocol, const Address& address) {
  int family = address.is_v4() ? AF_INET : AF_INET6;
  int type = protocol == Protocol::kUdp ? SOCK_DGRAM : SOCK_STREAM;
  int fd = socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  int code = errno;
  if (fd >= 0) {
    BoundSocket bound(fd, family, address.port());
    if (family == AF_INET6) set(fd, IPPROTO_IPV6, IPV6_V6ONLY, is_unspecified(address) ? 0 : 1);
    // Not for UDP: there it would let a second process take half of the packets.
    if (protocol == Protocol::kTcp) set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    if (protocol == Protocol::kUdp) enlarge_buffers(fd);
    SocketAddress local = to_socket_address(address, family);
    if (bind(fd, local.get(), local.size) == 0 &&
        (protocol == Protocol::kUdp || listen(fd, 1024) == 0)) {
      return BoundSocket(bound.release(), family, bound_port(fd));
    }
    code = errno;
  }
  bool no_v6 = code == EAFNOSUPPORT || code == EADDRNOTAVAIL;
  if (family == AF_INET6 && is_unspecified(address) && no_v6) {
    return bind_socket(protocol, *Address::from_text("0.0.0.0", address.port()));
  }
  return BindError{protocol, address, code};
}

std::string describe(const BindError& error, const std::string& option) {
  std::string port = std::string(error.protocol == Protocol::kUdp ? "UDP" : "TCP") + " port " +
                     std::to_string(error.address.port());
  if (error.code == EADDRINUSE) {
    return port + " is taken by another program: end that one, or choose another port with " +
           option;
  }
  if (error.code == EACCES) {
    return port + " needs a privilege (CAP_NET_BIND_SERVICE): choose a port above 1023 with " +
           option;
  }
  if (error.code == EADDRNOTAVAIL) {
    return "this machine has no address " + error.address.ip_text() +
           ": choose another with --host";
  }
  return "cannot listen on " + error.address.text() + " (" + port +
         "): " + std::strerror(error.code);
}

}  // namespace sotto::bridge
