#include "net/bound_socket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace sotto::bridge {
namespace {

using testing::HasSubstr;

TEST(BoundSocket, TakenPortIsToldByNumberProtocolAndRemedy) {
  for (Protocol protocol : {Protocol::kUdp, Protocol::kTcp}) {
    auto first = bind_socket(protocol, *Address::from_text("127.0.0.1", 0));
    ASSERT_TRUE(std::holds_alternative<BoundSocket>(first));
    std::uint16_t port = std::get<BoundSocket>(first).port();
    ASSERT_NE(port, 0);
    auto second = bind_socket(protocol, *Address::from_text("127.0.0.1", port));
    ASSERT_TRUE(std::holds_alternative<BindError>(second));
    std::string text = describe(std::get<BindError>(second), "--media-port");
    EXPECT_THAT(text, HasSubstr(std::to_string(port)));
    EXPECT_THAT(text, HasSubstr(protocol == Protocol::kUdp ? "UDP" : "TCP"));
    EXPECT_THAT(text, HasSubstr("--media-port"));
    EXPECT_EQ(text.find('\n'), text.npos);
  }
}

TEST(BoundSocket, AddressOfAnotherMachineIsToldAsSuch) {
  auto outcome = bind_socket(Protocol::kTcp, *Address::from_text("192.0.2.77", 0));
  ASSERT_TRUE(std::holds_alternative<BindError>(outcome));
  EXPECT_THAT(describe(std::get<BindError>(outcome), "--port"), HasSubstr("no address 192.0.2.77"));
}

TEST(BoundSocket, PortIsFreeAgainWhenTheSocketIsGone) {
  std::uint16_t port = 0;
  {
    auto outcome = bind_socket(Protocol::kUdp, *Address::from_text("127.0.0.1", 0));
    port = std::get<BoundSocket>(outcome).port();
  }
  auto again = bind_socket(Protocol::kUdp, *Address::from_text("127.0.0.1", port));
  EXPECT_TRUE(std::holds_alternative<BoundSocket>(again));
}

}  // namespace
}  // namespace sotto::bridge
