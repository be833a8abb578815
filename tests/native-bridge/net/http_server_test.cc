#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include "native-bridge/net/running_server.h"

namespace sotto::bridge {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;
using Tcp = boost::asio::ip::tcp;

class RawClient {
 public:
  explicit RawClient(std::uint16_t port) {
    socket_.connect({boost::asio::ip::make_address("127.0.0.1"), port});
  }
  void write(const std::string& text) {
    boost::system::error_code ignored;
    boost::asio::write(socket_, boost::asio::buffer(text), ignored);
  }
  // Everything until the server closes, or `end` is there, or it has been silent for `limit`.
  std::string read(std::string_view end = {}, std::chrono::milliseconds limit = 20s) {
    std::string out;
    closed_ = false;
    char piece[65536];
    for (;;) {
      bool done = false;
      socket_.async_read_some(boost::asio::buffer(piece), [&](auto error, std::size_t size) {
        done = true;
        closed_ = bool(error);
        out.append(piece, size);
      });
      io_.restart();
      io_.run_for(limit);
      if (!done) {
        socket_.cancel();
        io_.restart();
        io_.run();
        closed_ = false;
        return out;
      }
      if (closed_ || (!end.empty() && out.ends_with(end))) return out;
    }
  }
  bool closed() const { return closed_; }

 private:
  boost::asio::io_context io_;
  Tcp::socket socket_{io_};
  bool closed_ = false;
};

TEST(HttpServer, HealthIsAnswered) {
  RunningServer server;
  RawClient client(server.port());
  client.write("GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  std::string answer = client.read();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK"));
  EXPECT_THAT(answer, HasSubstr("Content-Type: application/json"));
  EXPECT_THAT(answer, HasSubstr("{\"status\":\"ok\"}"));
  EXPECT_TRUE(client.closed());
}

TEST(HttpServer, OneConnectionTakesManyRequests) {
  RunningServer server;
  RawClient client(server.port());
  for (int i = 0; i < 3; ++i) {
    client.write("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_THAT(client.read("{\"status\":\"ok\"}"), StartsWith("HTTP/1.1 200 OK"));
    EXPECT_FALSE(client.closed());
  }
}

TEST(HttpServer, HeadHasTheLengthButNoBody) {
  RunningServer server;
  RawClient client(server.port());
  client.write("HEAD /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  std::string answer = client.read();
  EXPECT_THAT(answer, HasSubstr("Content-Length: 15"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
}

TEST(HttpServer, NoiseIsAnsweredAsABadRequestAndClosed) {
  RunningServer server;
  for (const std::string& noise :
       {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11),
        std::string("hello\r\n\r\n"), std::string("GET / HTTP/9.9\r\n\r\n"),
        "GET / HTTP/1.1\r\nX: " + std::string(40000, 'x') + "\r\n\r\n",
        std::string("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello")}) {
    RawClient client(server.port());
    client.write(noise);
    std::string answer = client.read();
    EXPECT_TRUE(client.closed()) << noise.substr(0, 20);
    EXPECT_TRUE(answer.empty() || answer.starts_with("HTTP/1.1 4")) << answer;
  }
  RawClient client(server.port());
  client.write("GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.read(), StartsWith("HTTP/1.1 200 OK"));
}

TEST(HttpServer, HeaderThatComesDropByDropIsCutOff) {
  RunningServer server({}, {.header = 200ms});
  RawClient client(server.port());
  client.write("GET / HTTP/1.1\r\nHost: h\r\n");
  // If each drop were waited for, this would go on.
  for (int i = 0; i < 100 && !client.closed(); ++i) {
    client.write("X: y\r\n");
    client.read({}, 50ms);
  }
  EXPECT_TRUE(client.closed());
}

TEST(HttpServer, IdleConnectionIsClosed) {
  RunningServer server({}, {.idle = 100ms});
  RawClient client(server.port());
  client.write("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(client.read(), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_TRUE(client.closed());
}

TEST(HttpServer, ConnectionsBeyondTheLimitAreClosedUntilOthersLeave) {
  RunningServer server({}, {.connections = 2});
  auto first = std::make_unique<RawClient>(server.port());
  auto second = std::make_unique<RawClient>(server.port());
  for (auto* client : {first.get(), second.get()}) {
    client->write("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_THAT(client->read("{\"status\":\"ok\"}"), StartsWith("HTTP/1.1 200 OK"));
  }
  RawClient third(server.port());
  third.write("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(third.read(), "");
  EXPECT_TRUE(third.closed());
  first.reset();
  second.reset();
  std::string answer;
  for (int i = 0; i < 100 && answer.empty(); ++i) {
    std::this_thread::sleep_for(10ms);
    RawClient fourth(server.port());
    fourth.write("GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    answer = fourth.read();
  }
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK"));
}

}  // namespace
}  // namespace sotto::bridge
