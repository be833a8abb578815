#include "net/udp_port.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <string>

namespace sotto::bridge {
namespace {

using namespace std::chrono_literals;

BoundSocket bound(const char* ip, Protocol protocol = Protocol::kUdp) {
  auto outcome = bind_socket(protocol, *Address::from_text(ip, 0));
  EXPECT_TRUE(std::holds_alternative<BoundSocket>(outcome)) << ip;
  return std::get<BoundSocket>(std::move(outcome));
}

std::vector<std::string> received(int fd) {
  std::vector<std::string> out;
  char buffer[4096];
  for (;;) {
    ssize_t size = recv(fd, buffer, sizeof(buffer), MSG_DONTWAIT);
    if (size < 0) return out;
    out.emplace_back(buffer, static_cast<std::size_t>(size));
  }
}

Path path_to(const BoundSocket& socket, const char* ip) {
  return {.remote = *Address::from_text(ip, socket.port())};
}

void expect_burst_arrives(bool gso) {
  BoundSocket from = bound("127.0.0.1");
  BoundSocket peer = bound("127.0.0.1");
  UdpSender sender(from.fd(), from.family());
  if (!gso) sender.disable_gso();
  DatagramQueue queue;
  std::vector<std::string> sent;
  for (int i = 0; i < 200; ++i) {
    sent.push_back(std::string(i % 20 == 19 ? 400 : 900, static_cast<char>('a' + i % 26)));
    queue.push(path_to(peer, "127.0.0.1"), as_bytes(sent.back()));
  }
  sender.send(queue);
  EXPECT_EQ(received(peer.fd()), sent);
  EXPECT_EQ(sender.stats().datagrams, 200u);
  EXPECT_EQ(sender.stats().dropped_error + sender.stats().dropped_full, 0u);
  EXPECT_EQ(sender.stats().gso, gso);
}

TEST(UdpSender, BurstArrivesWholeAndInOrder) {
  expect_burst_arrives(true);
}
TEST(UdpSender, BurstArrivesWholeAndInOrderWithoutGso) {
  expect_burst_arrives(false);
}

TEST(UdpSender, RunIsOneCall) {
  BoundSocket from = bound("127.0.0.1");
  BoundSocket peer = bound("127.0.0.1");
  UdpSender sender(from.fd(), from.family());
  DatagramQueue queue;
  for (int i = 0; i < 50; ++i) queue.push(path_to(peer, "127.0.0.1"), as_bytes("0123456789"));
  sender.send(queue);
  EXPECT_EQ(sender.stats().calls, 1u);
  EXPECT_EQ(received(peer.fd()).size(), 50u);
}

TEST(UdpSender, SegmentsThatNoLinkTakesInARunAreSentSingly) {
  // On loopback (MTU 65536) a run of segments that no GSO packet holds is refused, and single
  // ones are fragmented: the peer must not notice.
  BoundSocket from = bound("127.0.0.1");
  BoundSocket peer = bound("127.0.0.1");
  UdpSender sender(from.fd(), from.family());
  DatagramQueue queue;
  std::string big(60000, 'x');
  queue.push(path_to(peer, "127.0.0.1"), as_bytes(big));
  queue.push(path_to(peer, "127.0.0.1"), as_bytes("small"));
  sender.send(queue);
  EXPECT_EQ(sender.stats().datagrams, 2u);
}

TEST(UdpSender, UnreachablePeerCostsOnlyItsOwnDatagrams) {
  BoundSocket from = bound("127.0.0.1");
  BoundSocket peer = bound("127.0.0.1");
  UdpSender sender(from.fd(), from.family());
  DatagramQueue queue;
  queue.push({.remote = *Address::from_text("255.255.255.255", 9)}, as_bytes("not permitted"));
  queue.push({.remote = *Address::from_text("2001:db8::1", 9)}, as_bytes("wrong family"));
  queue.push(path_to(peer, "127.0.0.1"), as_bytes("hello"));
  sender.send(queue);
  EXPECT_EQ(received(peer.fd()), std::vector<std::string>{"hello"});
  EXPECT_EQ(sender.stats().dropped_error, 2u);
}

TEST(UdpPort, BothFamiliesComeInByOneSocketAndAnswersGoBack) {
  boost::asio::io_context io;
  std::vector<std::string> seen;
  DatagramQueue answers;
  std::unique_ptr<UdpPort> port;
  auto on_datagram = [&](const Address& remote, MutableBytes bytes) {
    seen.push_back((remote.is_v4() ? "v4 " : "v6 ") + std::string(as_text(bytes)));
    bytes[0] = '!';
    answers.push({.remote = remote}, bytes);
  };
  auto after_batch = [&] {
    port->send(answers);
    answers.clear();
  };
  port = std::make_unique<UdpPort>(io, bound("::"), UdpPort::Handler{on_datagram, after_batch});
  port->start();
  for (const char* ip : {"127.0.0.1", "::1"}) {
    BoundSocket client = bound(ip);
    auto address = to_socket_address(*Address::from_text(ip, port->port()), client.family());
    ASSERT_EQ(sendto(client.fd(), "ping", 4, 0, address.get(), address.size), 4) << ip;
    const std::size_t before = seen.size();
    for (int i = 0; i < 100 && seen.size() == before; ++i) io.run_for(200ms);
    EXPECT_EQ(received(client.fd()), std::vector<std::string>{"!ing"}) << ip;
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"v4 ping", "v6 ping"}));
}

TEST(UdpPort, DatagramLongerThanAnyOfOursIsDroppedAndCounted) {
  boost::asio::io_context io;
  int count = 0;
  UdpPort port(io, bound("127.0.0.1"), {[&](const Address&, MutableBytes) { ++count; }, [] {}});
  port.start();
  BoundSocket client = bound("127.0.0.1");
  auto address = to_socket_address(*Address::from_text("127.0.0.1", port.port()), AF_INET);
  std::string big(3000, 'x');
  ASSERT_EQ(sendto(client.fd(), big.data(), big.size(), 0, address.get(), address.size), 3000);
  ASSERT_EQ(sendto(client.fd(), "ok", 2, 0, address.get(), address.size), 2);
  for (int i = 0; i < 100 && count == 0; ++i) io.run_for(200ms);
  EXPECT_EQ(count, 1);
  EXPECT_EQ(port.received().oversized, 1u);
}

}  // namespace
}  // namespace sotto::bridge
