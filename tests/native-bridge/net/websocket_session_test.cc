#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

#include "native-bridge/net/running_server.h"
#include "native-bridge/net/websocket_client.h"

namespace sotto::bridge {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

bool eventually(const std::function<bool()>& condition) {
  for (int i = 0; i < 3000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return condition();
}

TEST(WebSocketSession, TextGoesBothWaysUnderTheSubprotocol) {
  RunningServer server;
  WebSocketClient client;
  ASSERT_EQ(client.connect(server.port()), 101u);
  EXPECT_EQ(client.response()[boost::beast::http::field::sec_websocket_protocol], "sotto.v1");
  client.send("hello");
  EXPECT_EQ(client.receive(), "echo:hello");
  EXPECT_THAT(server.handler.notes(), ElementsAre("open 127.0.0.1", "message hello"));
}

TEST(WebSocketSession, PageOfAnotherOriginIsRefused) {
  RunningServer server({}, {}, nullptr, {"https://meet.example.org"});
  auto status = [&](const std::string& origin) {
    WebSocketClient client;
    return client.connect(server.port(), {.origin = origin});
  };
  EXPECT_EQ(status("https://evil.example"), 403u);
  EXPECT_EQ(status("null"), 403u);
  EXPECT_EQ(status("http://" + server.authority() + ".evil.example"), 403u);
  EXPECT_EQ(status("http://" + server.authority()), 101u);
  EXPECT_EQ(status("https://meet.example.org"), 101u);
}

TEST(WebSocketSession, OtherSubprotocolOrAddressIsRefused) {
  RunningServer server;
  auto status = [&](WebSocketClient::Options options) {
    WebSocketClient client;
    return client.connect(server.port(), options);
  };
  EXPECT_EQ(status({.subprotocol = ""}), 400u);
  EXPECT_EQ(status({.subprotocol = "sotto.v2"}), 400u);
  EXPECT_EQ(status({.subprotocol = "chat, sotto.v1"}), 101u);
  EXPECT_EQ(status({.target = "/v1/other"}), 404u);
}

TEST(WebSocketSession, LargestMessagePassesAndALongerOneIsAnsweredAndClosed) {
  RunningServer server({.message_bytes = 20000});
  WebSocketClient client;
  ASSERT_EQ(client.connect(server.port()), 101u);
  client.send(std::string(20000, 'a'));
  auto echo = client.receive();
  ASSERT_TRUE(echo);
  EXPECT_EQ(echo->size(), 20005u);
  client.send(std::string(20001, 'a'));
  EXPECT_EQ(client.receive(), "{\"code\":\"too-large\"}");
  EXPECT_FALSE(client.receive());
  EXPECT_EQ(client.close_code(), 1009u);
  EXPECT_TRUE(eventually([&] { return server.handler.saw("closed"); }));
}

TEST(WebSocketSession, EndlessMessageIsCutOffWithoutBeingKept) {
  RunningServer server({.message_bytes = 20000});
  WebSocketClient client;
  ASSERT_EQ(client.connect(server.port()), 101u);
  boost::system::error_code error;
  std::string piece(100'000, 'a');
  auto deadline = std::chrono::steady_clock::now() + 30s;
  while (!error && std::chrono::steady_clock::now() < deadline) {
    client.stream().write_some(false, boost::asio::buffer(piece), error);
  }
  EXPECT_TRUE(error) << "the message was taken without end";
  EXPECT_TRUE(eventually([&] { return server.handler.saw("closed"); }));
  EXPECT_TRUE(server.handler.saw("oversized"));
}

void send_binary(WebSocketClient& client, const std::string& frame) {
  client.stream().binary(true);
  client.stream().auto_fragment(false);
  boost::system::error_code error;
  client.stream().write(boost::asio::buffer(frame), error);
}

TEST(WebSocketSession, BinaryFramesGoBothWaysBesideTexts) {
  RunningServer server;
  WebSocketClient client;
  ASSERT_EQ(client.connect(server.port()), 101u);
  const std::string frame("\0\1\xff{}", 5);
  send_binary(client, frame);
  EXPECT_EQ(client.receive(), frame);
  EXPECT_TRUE(client.stream().got_binary());
  client.send("hello");
  EXPECT_EQ(client.receive(), "echo:hello");
  EXPECT_TRUE(client.stream().got_text());
  EXPECT_TRUE(server.handler.saw("binary 5"));
}

TEST(WebSocketSession, ABinaryFrameMayBeLongerThanATextButHasItsBound) {
  RunningServer server({.message_bytes = 20000, .binary_bytes = 1'000'000});
  WebSocketClient client;
  ASSERT_EQ(client.connect(server.port()), 101u);
  const std::string longest(1'000'000, 'w');
  send_binary(client, longest);
  EXPECT_EQ(client.receive(), longest);
  send_binary(client, longest + "w");
  EXPECT_EQ(client.receive(), "{\"code\":\"too-large\"}");
  EXPECT_FALSE(client.receive());
  EXPECT_EQ(client.close_code(), 1009u);
}

TEST(WebSocketSession, HalfMessagesOfManyTogetherMayNotFillTheMemory) {
  RunningServer server({.unfinished_bytes_of_all = 100'000, .little_bytes = 1000});
  const std::string half(60'000, 'h');
  std::vector<std::unique_ptr<WebSocketClient>> clients;
  for (int i = 0; i < 4; ++i) {
    auto& client = clients.emplace_back(std::make_unique<WebSocketClient>());
    ASSERT_EQ(client->connect(server.port()), 101u);
    client->stream().binary(true);
    client->stream().auto_fragment(false);
    boost::system::error_code error;
    client->stream().write_some(false, boost::asio::buffer(half), error);
  }
  EXPECT_TRUE(eventually([&] { return server.open_sockets() <= 1; }))
      << "four times 60,000 bytes, where 100,000 are allowed";
  WebSocketClient reader;
  ASSERT_EQ(reader.connect(server.port()), 101u);
  reader.send("hello");
  EXPECT_EQ(reader.receive(), "echo:hello") << "whoever sends little is served";
}

// Slow, not dead: it reads again at last, and hears why it was closed.
TEST(WebSocketSession, AReceiverThatFallsBehindIsToldThatItWasTooSlow) {
  RunningServer server({.waiting_bytes = 1 << 20, .close_timeout = 8000ms});
  WebSocketClient client;
  ASSERT_EQ(client.connect(server.port()), 101u);
  client.send("flood");  // 20 MB
  ASSERT_TRUE(eventually([&] { return server.handler.saw("message flood"); }));
  std::size_t received = 0;
  while (client.receive()) ++received;
  EXPECT_FALSE(client.timed_out());
  EXPECT_EQ(client.close_code(), kTooSlowClose);
  EXPECT_LT(received, 200u) << "what waited was dropped";
}

TEST(WebSocketSession, LastMessageArrivesBeforeTheClose) {
  RunningServer server;
  WebSocketClient client;
  ASSERT_EQ(client.connect(server.port()), 101u);
  client.send("close");
  EXPECT_EQ(client.receive(), "{\"type\":\"bye\"}");
  EXPECT_FALSE(client.receive());
  EXPECT_EQ(client.close_code(), 4002u);
  EXPECT_TRUE(eventually([&] { return server.open_sockets() == 0; }));
}

TEST(WebSocketSession, ClientThatDoesNotReadIsClosedAndItsQueueFreed) {
  RunningServer server({.waiting_bytes = 1 << 20});
  WebSocketClient client;
  ASSERT_EQ(client.connect(server.port()), 101u);
  client.send("flood");  // 20 MB
  EXPECT_TRUE(eventually([&] { return server.handler.saw("closed"); }));
  EXPECT_EQ(server.open_sockets(), 0u);
}

TEST(WebSocketSession, ClientsThatDoNotReadTogetherMayNotFillTheMemory) {
  // Each client alone would be within its bound.
  RunningServer server({.waiting_bytes = 64 << 20, .waiting_bytes_of_all = 32 << 20});
  std::vector<std::unique_ptr<WebSocketClient>> clients;
  for (int i = 0; i < 4; ++i) {
    auto& client = clients.emplace_back(std::make_unique<WebSocketClient>());
    ASSERT_EQ(client->connect(server.port()), 101u);
    client->send("flood");  // 20 MB
    ASSERT_TRUE(eventually([&] {
      auto notes = server.handler.notes();
      return std::ranges::count(notes, "message flood") == i + 1;
    }));
  }
  EXPECT_TRUE(eventually([&] { return server.open_sockets() == 1; }))
      << "the first fits, those behind do not";
  WebSocketClient reader;
  ASSERT_EQ(reader.connect(server.port()), 101u);
  reader.send("hello");
  EXPECT_EQ(reader.receive(), "echo:hello") << "whoever reads is served";
}

TEST(WebSocketSession, SilentClientIsPingedAndThenClosed) {
  RunningServer server({.ping_interval = 50ms, .ping_timeout = 200ms});
  WebSocketClient client;
  ASSERT_EQ(client.connect(server.port()), 101u);
  // It does not read, and so answers no ping.
  EXPECT_TRUE(eventually([&] { return server.handler.saw("closed"); }));
}

TEST(WebSocketSession, ClientThatAnswersPingsStaysThoughItSaysNothing) {
  RunningServer server({.ping_interval = 100ms, .ping_timeout = 2s});
  WebSocketClient client;
  ASSERT_EQ(client.connect(server.port()), 101u);
  int pings = 0;
  client.stream().control_callback([&](auto kind, auto) {
    if (kind == boost::beast::websocket::frame_type::ping) ++pings;
  });
  client.receive(3s);
  EXPECT_TRUE(client.timed_out());
  EXPECT_GE(pings, 4);
  EXPECT_THAT(server.handler.notes()[0], "open 127.0.0.1");
}

TEST(WebSocketSession, SocketsBeyondTheLimitAreRefusedUntilOneLeaves) {
  RunningServer server({.sockets = 1});
  auto first = std::make_unique<WebSocketClient>();
  ASSERT_EQ(first->connect(server.port()), 101u);
  WebSocketClient second;
  EXPECT_EQ(second.connect(server.port()), 503u);
  first.reset();
  EXPECT_TRUE(eventually([&] { return server.open_sockets() == 0; }));
  WebSocketClient third;
  EXPECT_EQ(third.connect(server.port()), 101u);
}

}  // namespace
}  // namespace sotto::bridge
