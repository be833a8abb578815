#include "net/socket_address.h"

#include <gtest/gtest.h>
#include <netinet/in.h>

namespace sotto::bridge {
namespace {

TEST(SocketAddress, SurvivesTheWayThroughTheKernelsForm) {
  for (const char* ip : {"192.0.2.1", "2001:db8::1", "::1"}) {
    Address address = *Address::from_text(ip, 4242);
    EXPECT_EQ(from_socket_address(to_socket_address(address, AF_INET6).get()), address) << ip;
  }
  Address v4 = *Address::from_text("192.0.2.1", 4242);
  EXPECT_EQ(from_socket_address(to_socket_address(v4, AF_INET).get()), v4);
}

TEST(SocketAddress, Ipv4SocketCannotReachIpv6) {
  EXPECT_EQ(to_socket_address(*Address::from_text("::1", 1), AF_INET).size, 0u);
  EXPECT_EQ(to_socket_address(Address(), AF_INET6).size, 0u);
}

TEST(SocketAddress, KindsAreToldApart) {
  auto at = [](const char* ip) { return *Address::from_text(ip, 0); };
  EXPECT_TRUE(is_loopback(at("127.0.0.1")) && is_loopback(at("127.9.9.9")) &&
              is_loopback(at("::1")));
  EXPECT_FALSE(is_loopback(at("128.0.0.1")) || is_loopback(at("::2")) || is_loopback(at("1::1")));
  EXPECT_TRUE(is_unspecified(at("::")) && is_unspecified(at("0.0.0.0")));
  EXPECT_FALSE(is_unspecified(at("::1")));
  EXPECT_TRUE(is_link_local(at("169.254.1.1")) && is_link_local(at("fe80::1")));
  EXPECT_FALSE(is_link_local(at("169.253.1.1")) || is_link_local(at("fec0::1")));
}

}  // namespace
}  // namespace sotto::bridge
