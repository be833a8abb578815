// An IP address with a port, as a plain value: cores compare, hash and write it into STUN,
// only the shell turns it into a sockaddr.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto::bridge {

class Address {
 public:
  Address() = default;
  // `ip` is 4 bytes (IPv4) or 16 bytes (IPv6), network order. An IPv4-mapped IPv6 address
  // becomes IPv4, so that one peer has one Address whatever socket it came in by.
  static Result<Address> from_bytes(ByteView ip, std::uint16_t port);
  // "192.0.2.1" or "2001:db8::1", without brackets; no names.
  static Result<Address> from_text(std::string_view ip, std::uint16_t port);

  bool is_v4() const { return size_ == 4; }
  bool is_v6() const { return size_ == 16; }
  bool is_set() const { return size_ != 0; }
  ByteView ip() const { return {ip_.data(), size_}; }
  std::uint16_t port() const { return port_; }

  std::string ip_text() const;
  std::string text() const;  // "192.0.2.1:10000", "[2001:db8::1]:10000"

  friend bool operator==(const Address&, const Address&) = default;

 private:
  std::array<std::uint8_t, 16> ip_{};
  std::uint8_t size_ = 0;
  std::uint16_t port_ = 0;
};

}  // namespace sotto::bridge
