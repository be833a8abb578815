// The delivery service of the running program under 100,000 frames from strangers in the same room:
// garbage, wrong kinds, frames that are too long, and well-formed floods. Members' handshakes still
// come to all in one order, a kick is not held up, and the process does not grow.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <cstdio>
#include <functional>
#include <memory>

#include "process/bridge_process.h"
#include "process/live_client.h"
#include "support/seeded_random.h"

namespace sotto::test {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using namespace std::chrono_literals;
using beast::error_code;
using Clock = std::chrono::steady_clock;

constexpr int kFrames = 100'000;
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t kGrowthKib = 500 * 1024;
#else
constexpr std::size_t kGrowthKib = 64 * 1024;  // the log may hold 16 MiB
#endif

std::string endpoint(int number) {
  const std::string digits = std::to_string(number);
  return std::string(21 - digits.size(), 'A') + digits + "A";
}
std::string frame(int kind, std::string_view content) {
  return std::string{static_cast<char>(kind), 0, 0, 0, 7} + std::string(content);
}

// Joins, follows, and notes the handshakes that it hears.
class Line : public std::enable_shared_from_this<Line> {
 public:
  explicit Line(asio::io_context& io) : ws_(io) {}

  void connect(std::uint16_t port, int number) {
    error_code error;
    beast::get_lowest_layer(ws_).socket().connect({asio::ip::make_address("127.0.0.1"), port},
                                                  error);
    ws_.set_option(websocket::stream_base::decorator([](websocket::request_type& request) {
      request.set(beast::http::field::sec_websocket_protocol, "sotto.v1");
    }));
    if (!error) ws_.handshake("127.0.0.1:" + std::to_string(port), "/v1/ws", error);
    ws_.auto_fragment(false);
    open_ = !error;
    if (!open_) return;
    write(R"({"type":"join","version":1,"room":"quiet-otter","endpoint":")" + endpoint(number) +
              "\"}",
          false);
    write(R"({"type":"follow"})", false);
    read();
  }
  void write(const std::string& bytes, bool binary) {
    error_code error;
    ws_.binary(binary);
    ws_.write(asio::buffer(bytes), error);
    if (error) close();
  }
  void close() {
    open_ = false;
    beast::get_lowest_layer(ws_).close();
  }
  bool open() const { return open_; }

  std::vector<std::pair<std::string, Clock::time_point>> handshakes;  // of members: "m..."
  bool caught_up = false;

 private:
  void read() {
    ws_.async_read(in_, [self = shared_from_this()](error_code error, std::size_t) {
      if (error) return self->close();
      const std::string message = beast::buffers_to_string(self->in_.data());
      self->in_.clear();
      if (self->ws_.got_text()) {
        self->caught_up = self->caught_up || message.find("caught-up") != message.npos;
      } else if (message.size() > 29 && message[0] == 1 && message[29] == 'm') {
        self->handshakes.emplace_back(message.substr(29, 20), Clock::now());
      }
      self->read();
    });
  }

  websocket::stream<beast::tcp_stream> ws_;
  beast::flat_buffer in_;
  bool open_ = false;
};

std::string hostile_frame(SeededRandom& random) {
  switch (random.below(8)) {
    case 0: {
      std::string noise(random.below(200), '\0');
      random.fill({reinterpret_cast<std::uint8_t*>(noise.data()), noise.size()});
      return noise;
    }
    case 1:
      return frame(static_cast<int>(5 + random.below(250)), "no such kind");
    case 2:
      return frame(3, std::string("\xff\xff", 2) + std::string(40, 'e'));  // a count that lies
    case 3:
      return frame(3, std::string("\0\1", 2) + std::string(16, 'e') + "for nobody");
    case 4:
      return random.below(200) == 0 ? frame(1, std::string(200'000, 'L')) : std::string();
    case 5:
      return frame(2, "sealed");
    case 6:
      return frame(4, std::string(random.below(2000), 'a'));
    default:
      return frame(1, "x" + std::string(random.below(3000), 'f'));
  }
}

TEST(DeliveryFlood, MembersHandshakesComeInOneOrderThroughAHundredThousandHostileFrames) {
  BridgeProcess process({"--resume-window", "1"});
  ASSERT_TRUE(process.listening()) << process.log();
  asio::io_context io;
  SeededRandom random(20260901);
  std::vector<std::shared_ptr<Line>> members;
  for (int i = 0; i < 3; ++i) {
    members.push_back(std::make_shared<Line>(io));
    members[i]->connect(process.port(), 1 + i);
  }
  ASSERT_TRUE(run_until(io, 60s, [&] { return members[0]->caught_up && members[2]->caught_up; }));
  const std::size_t before = process.resident_kib();

  std::vector<std::shared_ptr<Line>> strangers(6);
  int opened = 0;
  int said = 0;
  Clock::duration longest{};
  std::vector<Clock::time_point> said_at;
  for (int sent = 0; sent < kFrames; ++sent) {
    auto& stranger = strangers[static_cast<std::size_t>(sent) % strangers.size()];
    if (!stranger || !stranger->open()) {
      if (stranger) stranger->close();
      stranger = std::make_shared<Line>(io);
      stranger->connect(process.port(), 1000 + opened++);
    }
    if (stranger->open()) stranger->write(hostile_frame(random), true);
    if (sent % 20 == 0) io.poll();
    io.restart();
    if (sent % 1000 != 500) continue;
    ASSERT_TRUE(process.alive()) << process.log();
    said_at.push_back(Clock::now());
    members[static_cast<std::size_t>(said) % 3]->write(frame(1, "m" + std::to_string(said) + " "),
                                                       true);
    ++said;
    // Everybody has it before the next one; the strangers go on after it.
    ASSERT_TRUE(run_until(io, 60s,
                          [&] {
                            for (const auto& member : members) {
                              if (member->handshakes.size() < static_cast<std::size_t>(said))
                                return false;
                            }
                            return true;
                          }))
        << "handshake " << said << " was held up";
    longest = std::max(longest, Clock::now() - said_at.back());
  }
  ASSERT_EQ(said, kFrames / 1000);
  for (const auto& member : members) {
    ASSERT_TRUE(member->open()) << "a member was closed";
    for (int i = 0; i < said; ++i) {
      EXPECT_EQ(member->handshakes[static_cast<std::size_t>(i)].first,
                "m" + std::to_string(i) + " ");
    }
  }
  for (auto& stranger : strangers) stranger->close();
  run_for(io, 3s);
  const std::size_t after = process.resident_kib();
  std::printf(
      "%d frames over %d WebSockets; longest wait of a member's handshake %.0f ms; resident "
      "%zu KiB before, %zu after\n",
      kFrames, opened, std::chrono::duration<double, std::milli>(longest).count(), before, after);
  EXPECT_LT(after, before + kGrowthKib);
  EXPECT_THAT(process.health(), testing::HasSubstr("\"status\":\"ok\""));
  for (auto& member : members) member->close();
  run_for(io, 50ms);
}

}  // namespace
}  // namespace sotto::test
