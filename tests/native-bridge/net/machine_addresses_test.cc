#include "net/machine_addresses.h"

#include <gtest/gtest.h>

#include "net/socket_address.h"

namespace sotto::bridge {
namespace {

Address at(const char* ip) {
  return *Address::from_text(ip, 0);
}

std::vector<std::string> texts(const std::vector<CandidateAddress>& candidates) {
  std::vector<std::string> out;
  for (const auto& candidate : candidates) {
    out.push_back(candidate.address.text() + (candidate.tcp ? " tcp" : ""));
  }
  return out;
}

using Texts = std::vector<std::string>;
const std::vector<Address> kMachine = {at("192.0.2.10"), at("2001:db8::10")};

TEST(MachineAddresses, AllAddressesOfTheMachineAreCandidatesByDefault) {
  EXPECT_EQ(texts(candidates(Config(), 10000, kMachine, true)),
            (Texts{"192.0.2.10:10000 tcp", "[2001:db8::10]:10000 tcp"}));
}

TEST(MachineAddresses, Ipv6IsNotOfferedWhereTheSocketHasNone) {
  EXPECT_EQ(texts(candidates(Config(), 10000, kMachine, false)), Texts{"192.0.2.10:10000 tcp"});
  Config v4;
  v4.host = "0.0.0.0";
  EXPECT_EQ(texts(candidates(v4, 10000, kMachine, false)), Texts{"192.0.2.10:10000 tcp"});
}

TEST(MachineAddresses, HostAloneIsTheCandidateWhenItIsOneAddress) {
  Config config;
  config.host = "127.0.0.1";
  EXPECT_EQ(texts(candidates(config, 7, kMachine, true)), Texts{"127.0.0.1:7 tcp"});
}

TEST(MachineAddresses, PublicAddressesReplaceTheMachinesOwn) {
  Config config;
  config.public_addresses = {at("203.0.113.5"), at("2001:db8::5")};
  config.ice_tcp = false;
  EXPECT_EQ(texts(candidates(config, 10000, kMachine, true)),
            (Texts{"203.0.113.5:10000", "[2001:db8::5]:10000"}));
}

TEST(MachineAddresses, ThisMachineHasOneAndNoneIsLinkLocal) {
  auto addresses = machine_addresses();
  EXPECT_FALSE(addresses.empty());
  for (const Address& address : addresses)
    EXPECT_FALSE(is_link_local(address)) << address.ip_text();
}

}  // namespace
}  // namespace sotto::bridge
