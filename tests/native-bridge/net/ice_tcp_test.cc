#include "net/ice_tcp.h"

#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <string>

#include "datagram/tcp_framing.h"

namespace sotto::bridge {
namespace {

using namespace std::chrono_literals;
using Tcp = boost::asio::ip::tcp;

std::string framed(std::string_view packet) {
  std::vector<std::uint8_t> out;
  EXPECT_TRUE(append_tcp_frame(out, as_bytes(packet), 1 << 20));
  return std::string(as_text(out));
}

class IceTcpTest : public testing::Test {
 protected:
  void start(IceTcpLimits limits) {
    auto bound = bind_socket(Protocol::kTcp, *Address::from_text("127.0.0.1", 0));
    port_ = std::get<BoundSocket>(bound).port();
    server_ = std::make_unique<IceTcp>(
        io_, std::get<BoundSocket>(std::move(bound)), limits,
        IceTcp::Handler{.on_packet =
                            [this](const Path& path, MutableBytes packet) {
                              packets_.push_back(std::to_string(path.connection) + ":" +
                                                 std::string(as_text(packet)));
                              last_path_ = path;
                              if (answer_) server_->send(path.connection, packet);
                            },
                        .after_batch = [] {},
                        .on_closed = [this](std::uint64_t number) { closed_.push_back(number); }});
    server_->start();
  }
  Tcp::socket connect() {
    Tcp::socket socket(io_);
    socket.connect({boost::asio::ip::make_address("127.0.0.1"), port_});
    return socket;
  }
  void run(std::chrono::milliseconds span = 50ms) {
    io_.restart();
    io_.run_for(span);
    io_.restart();
    io_.poll();  // what came while this process had no core
  }
  // What has arrived at `socket` by now; "(closed)" when the server ended it.
  static std::string arrived(Tcp::socket& socket) {
    socket.non_blocking(true);
    std::string out(1 << 20, 0);
    boost::system::error_code error;
    std::size_t size = socket.read_some(boost::asio::buffer(out), error);
    if (error && error != boost::asio::error::would_block) return "(closed)";
    out.resize(size);
    return out;
  }

  boost::asio::io_context io_;
  std::unique_ptr<IceTcp> server_;
  std::uint16_t port_ = 0;
  bool answer_ = true;
  std::vector<std::string> packets_;
  std::vector<std::uint64_t> closed_;
  Path last_path_;
};

TEST_F(IceTcpTest, PacketsGoBothWaysInFrames) {
  start({});
  auto socket = connect();
  boost::asio::write(socket, boost::asio::buffer(framed("one") + framed("two").substr(0, 3)));
  run();
  boost::asio::write(socket, boost::asio::buffer(framed("two").substr(3)));
  run();
  EXPECT_EQ(packets_, (std::vector<std::string>{"1:one", "1:two"}));
  EXPECT_EQ(arrived(socket), framed("one") + framed("two"));
  EXPECT_TRUE(last_path_.is_tcp());
  EXPECT_EQ(last_path_.remote.port(), socket.local_endpoint().port());
}

TEST_F(IceTcpTest, NumberOfAConnectionIsNeverUsedAgain) {
  start({});
  for (const char* expected : {"1:x", "2:x", "3:x"}) {
    auto socket = connect();
    boost::asio::write(socket, boost::asio::buffer(framed("x")));
    run();
    EXPECT_EQ(packets_.back(), expected);
    socket.close();
    run();
  }
  EXPECT_EQ(closed_, (std::vector<std::uint64_t>{1, 2, 3}));
  EXPECT_EQ(server_->stats().open, 0u);
}

TEST_F(IceTcpTest, ConnectionThatTheBridgeNeverAnswersIsClosed) {
  start({.first_answer = 100ms});
  answer_ = false;
  auto socket = connect();
  for (int i = 0; i < 6; ++i) {  // talking does not help
    boost::system::error_code ignored;
    boost::asio::write(socket, boost::asio::buffer(framed("noise")), ignored);
    run(40ms);
  }
  EXPECT_EQ(arrived(socket), "(closed)");
  EXPECT_EQ(closed_.size(), 1u);
}

TEST_F(IceTcpTest, AnsweredConnectionStaysUntilItIsIdle) {
  start({.first_answer = 50ms, .idle = 400ms});
  auto socket = connect();
  boost::asio::write(socket, boost::asio::buffer(framed("check")));
  run(200ms);
  EXPECT_EQ(arrived(socket), framed("check"));
  run(600ms);
  EXPECT_EQ(arrived(socket), "(closed)");
}

TEST_F(IceTcpTest, FrameLongerThanAnyPacketEndsTheConnection) {
  start({});
  auto socket = connect();
  boost::asio::write(socket, boost::asio::buffer(std::string("\xff\xff garbage", 10)));
  run();
  EXPECT_EQ(arrived(socket), "(closed)");
  EXPECT_TRUE(packets_.empty());
}

TEST_F(IceTcpTest, OneAddressCannotTakeAllConnections) {
  start({.connections = 10, .connections_per_address = 3});
  std::vector<Tcp::socket> sockets;
  for (int i = 0; i < 5; ++i) sockets.push_back(connect());
  run();
  EXPECT_EQ(server_->stats().open, 3u);
  EXPECT_EQ(server_->stats().refused, 2u);
  sockets.clear();
  run();
  auto again = connect();
  boost::asio::write(again, boost::asio::buffer(framed("x")));
  run();
  EXPECT_EQ(packets_.size(), 1u);
}

TEST_F(IceTcpTest, ReceiverThatDoesNotReadLosesPacketsNotOurMemory) {
  start({.waiting_bytes = 64 * 1024});
  auto socket = connect();
  boost::asio::write(socket, boost::asio::buffer(framed("x")));
  run();
  std::vector<std::uint8_t> packet(1200, 7);
  for (int round = 0; round < 200; ++round) {
    for (int i = 0; i < 100; ++i) server_->send(1, packet);
    run(1ms);
  }
  EXPECT_GT(server_->stats().frames_dropped, 10'000u);
  EXPECT_EQ(server_->stats().open, 1u);  // a slow link is not an attack
}

TEST_F(IceTcpTest, SendingToAConnectionThatIsGoneDoesNothing) {
  start({});
  server_->send(42, as_bytes("late"));
  EXPECT_EQ(server_->stats().frames_out, 0u);
}

}  // namespace
}  // namespace sotto::bridge
