// A non-blocking UDP socket or TCP listener on a port.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "datagram/address.h"

namespace sotto::bridge {

enum class Protocol { kUdp, kTcp };

// Owns the file descriptor.
class BoundSocket {
 public:
  BoundSocket(int fd, int family, std::uint16_t port) : fd_(fd), family_(family), port_(port) {}
  ~BoundSocket();
  BoundSocket(BoundSocket&& other) noexcept;
  BoundSocket& operator=(BoundSocket&& other) noexcept;

  int fd() const { return fd_; }
  int family() const { return family_; }  // AF_INET6 speaks IPv4 too when bound to "::"
  std::uint16_t port() const { return port_; }
  int release();  // the caller closes it

 private:
  int fd_;
  int family_;
  std::uint16_t port_;
};

struct BindError {
  Protocol protocol;
  Address address;
  int code;  // errno
};

// "::" is every address of both families, or of IPv4 alone where the machine has no IPv6. TCP
// sockets listen already.
std::variant<BoundSocket, BindError> bind_socket(Protocol protocol, const Address& address);

// One sentence for the operator; `option` chooses the port.
std::string describe(const BindError& error, const std::string& option);

}  // namespace sotto::bridge
