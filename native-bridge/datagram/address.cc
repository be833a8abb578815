#include "datagram/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace sotto::bridge {
namespace {

constexpr std::uint8_t kMappedPrefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

Result<Address> Address::from_bytes(ByteView ip, std::uint16_t port) {
  if (ip.size() == 16 && equal(ip.first(12), kMappedPrefix)) ip = ip.last(4);
  if (ip.size() != 4 && ip.size() != 16) return fail(Error::kInvalidArgument);
  Address address;
  std::copy(ip.begin(), ip.end(), address.ip_.begin());
  address.size_ = static_cast<std::uint8_t>(ip.size());
  address.port_ = port;
  return address;
}

Result<Address> Address::from_text(std::string_view ip, std::uint16_t port) {
  const std::string text(ip);
  std::uint8_t bytes[16];
  if (inet_pton(AF_INET, text.c_str(), bytes) == 1) return from_bytes(ByteView(bytes, 4), port);
  if (inet_pton(AF_INET6, text.c_str(), bytes) == 1) return from_bytes(ByteView(bytes, 16), port);
  return fail(Error::kMalformed);
}

std::string Address::ip_text() const {
  if (!is_set()) return "unset";
  char text[INET6_ADDRSTRLEN];
  inet_ntop(is_v4() ? AF_INET : AF_INET6, ip_.data(), text, sizeof text);
  return text;
}

std::string Address::text() const {
  const std::string ip = is_v6() ? "[" + ip_text() + "]" : ip_text();
  return ip + ":" + std::to_string(port_);
}

}  // namespace sotto::bridge
