#include "ice/check_response.h"

#include <gtest/gtest.h>

#include "stun/message_writer.h"

namespace sotto::bridge {
namespace {

class CheckResponseTest : public ::testing::Test {
 protected:
  stun::Message request(std::size_t padding) {
    stun::MessageWriter writer(buffer, stun::kBindingRequest, {1, 2, 3});
    writer.add(0xc057, std::vector<std::uint8_t>(padding));
    return *stun::Message::parse(*writer.finish());
  }
  stun::Message answer() {
    EXPECT_EQ(out.datagrams().size(), 1u);
    return *stun::Message::parse(out.bytes(out.datagrams().at(0)));
  }

  std::array<std::uint8_t, 200> buffer{};
  DatagramQueue out;
  const Path path{0, *Address::from_text("2001:db8::5", 4000)};
};

TEST_F(CheckResponseTest, SuccessNamesTheAddressAndIsKeyedWithThePassword) {
  answer_check(path, request(0), "password", out);
  EXPECT_EQ(answer().type, stun::kBindingSuccess);
  EXPECT_EQ(answer().transaction, request(0).transaction);
  EXPECT_EQ(answer().mapped_address, path.remote);
  EXPECT_TRUE(answer().has_integrity("password"));
  EXPECT_TRUE(answer().has_fingerprint());
}

TEST_F(CheckResponseTest, UnknownAttributesAreNamedToWhomeverIsAuthenticated) {
  stun::Message asked = request(0);
  asked.unknown_required = 0x0033;
  refuse_unknown_attribute(path, asked, "password", out);
  EXPECT_EQ(answer().error_code, 420);
  EXPECT_TRUE(answer().has_integrity("password"));
}

TEST_F(CheckResponseTest, AStrangerGetsNoMoreThanItSent) {
  for (std::size_t padding = 0; padding < 60; padding += 4) {
    out.clear();
    const auto asked = request(padding);
    refuse_unauthenticated(path, asked, 401, out);
    if (out.empty()) continue;
    EXPECT_LE(out.datagrams()[0].size, asked.bytes.size());
    EXPECT_EQ(answer().error_code, 401);
    EXPECT_FALSE(answer().carries_integrity());
  }
  EXPECT_FALSE(out.empty());
}

}  // namespace
}  // namespace sotto::bridge
