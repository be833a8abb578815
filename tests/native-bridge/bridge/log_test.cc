// What an operator's log may hold, and what it may never hold.
#include <gtest/gtest.h>

#include "sim/world.h"

namespace sotto::bridge {
namespace {

TEST(Log, NeverHoldsATokenAStateARoomOrAnAddressOutsideTheDebugField) {
  sim::World world(1);
  sim::Participant& one = world.add({Source::kMicrophone}, "secret-room");
  world.add({Source::kCamera}, "secret-room");
  world.run_for(std::chrono::seconds(1));
  const std::string token = *one.resume_token;
  world.drop_socket(one);
  world.reconnect(one);
  world.run_for(std::chrono::seconds(1));
  world.leave(one);
  world.run_for(std::chrono::seconds(1));
  ASSERT_GE(world.log.size(), 5u);
  bool address_seen = false;
  for (const LogEvent& event : world.log) {
    address_seen = address_seen || event.debug_address == "198.51.100.7";
    for (const auto& [field, value] : event.fields) {
      for (const std::string& secret :
           {token, *one.resume_token, std::string("c3RhdGU"), std::string("secret-room"),
            std::string("198.51.100.7"), std::string("10.0.0.1")}) {
        EXPECT_EQ(value.find(secret), std::string::npos) << event.name << "." << field;
      }
    }
  }
  EXPECT_TRUE(address_seen);
}

}  // namespace
}  // namespace sotto::bridge
