#include "net/socket_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>

namespace sotto::bridge {

SocketAddress to_socket_address(const Address& address, int family) {
  SocketAddress out;
  if (family == AF_INET) {
    if (!address.is_v4()) return out;
    auto* v4 = reinterpret_cast<sockaddr_in*>(&out.storage);
    v4->sin_family = AF_INET;
    v4->sin_port = htons(address.port());
    std::memcpy(&v4->sin_addr, address.ip().data(), 4);
    out.size = sizeof(sockaddr_in);
    return out;
  }
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&out.storage);
  v6->sin6_family = AF_INET6;
  v6->sin6_port = htons(address.port());
  if (address.is_v4()) {
    v6->sin6_addr.s6_addr[10] = v6->sin6_addr.s6_addr[11] = 0xff;
    std::memcpy(v6->sin6_addr.s6_addr + 12, address.ip().data(), 4);
  } else if (address.is_v6()) {
    std::memcpy(v6->sin6_addr.s6_addr, address.ip().data(), 16);
  } else {
    return out;
  }
  out.size = sizeof(sockaddr_in6);
  return out;
}

Address from_socket_address(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(address);
    auto* bytes = reinterpret_cast<const std::uint8_t*>(&v4->sin_addr);
    return Address::from_bytes({bytes, 4}, ntohs(v4->sin_port)).value_or(Address());
  }
  if (address->sa_family == AF_INET6) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(address);
    return Address::from_bytes({v6->sin6_addr.s6_addr, 16}, ntohs(v6->sin6_port))
        .value_or(Address());
  }
  return {};
}

bool is_loopback(const Address& address) {
  ByteView ip = address.ip();
  if (address.is_v4()) return ip[0] == 127;
  return address.is_v6() && ip[15] == 1 &&
         std::all_of(ip.begin(), ip.end() - 1, [](auto byte) { return byte == 0; });
}

bool is_unspecified(const Address& address) {
  ByteView ip = address.ip();
  return std::all_of(ip.begin(), ip.end(), [](auto byte) { return byte == 0; });
}

bool is_link_local(const Address& address) {
  ByteView ip = address.ip();
  if (address.is_v4()) return ip[0] == 169 && ip[1] == 254;
  return address.is_v6() && ip[0] == 0xfe && (ip[1] & 0xc0) == 0x80;
}

}  // namespace sotto::bridge
