// Between Address and the kernel's sockaddr.
#pragma once

#include <sys/socket.h>

#include <cstdint>

#include "datagram/address.h"

namespace sotto::bridge {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

// `family` is the socket's: an IPv4 address is mapped (::ffff:192.0.2.1) for an AF_INET6 socket.
// Fails (size 0) for an IPv6 address on an AF_INET socket.
SocketAddress to_socket_address(const Address& address, int family);
// Unset for other families.
Address from_socket_address(const sockaddr* address);

bool is_loopback(const Address& address);
bool is_unspecified(const Address& address);
bool is_link_local(const Address& address);

}  // namespace sotto::bridge
