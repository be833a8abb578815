// The delivery service over lines that are slow and break, in virtual time: members send at random
// and come back at random, and in the end all have had the same handshakes in the same order.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "bridge/bridge.h"
#include "dtls/identity.h"
#include "sim/world.h"
#include "support/seeded_random.h"

namespace sotto::bridge::sim {
namespace json = boost::json;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A member that sends again what has not come back.
struct Member {
  unsigned number = 0;
  SocketId socket = 0;  // 0: none just now
  std::string token;
  std::optional<std::string> log;
  std::uint64_t last = 0;
  bool live = false;
  std::vector<std::string> story;
  std::map<std::uint32_t, std::string> unconfirmed;
  std::uint32_t next_id = 1;
  int gaps = 0;
  // Both directions stay in order.
  Time up_free{};
  Time down_free{};

  // Stands before what it says, whatever its name is just then.
  std::string tag() const { return "m" + std::to_string(number % 20) + "/"; }
  std::string endpoint() const {
    const std::string digits = std::to_string(number);
    return std::string(21 - digits.size(), 'A') + digits + "A";
  }
};

class Lines {
 public:
  explicit Lines(std::uint64_t seed, unsigned members)
      : random_(seed), bridge_(World::default_config(), identity_, random_), members_(members) {
    for (unsigned i = 0; i < members; ++i) members_[i].number = i + 1;
  }

  std::vector<Member>& members() { return members_; }
  BridgeStats stats() const { return bridge_.stats(); }

  void connect(Member& member) {
    if (member.socket != 0) return;
    member.socket = ++last_socket_;
    bridge_.handle_open(now_, member.socket, "198.51.100.7");
    json::object join{
        {"type", "join"}, {"version", 1}, {"room", "quiet-otter"}, {"endpoint", member.endpoint()}};
    if (!member.token.empty()) join["resume"] = member.token;
    up(member, json::serialize(join), false);
  }
  // What is under way in either direction is lost.
  void cut(Member& member) {
    if (member.socket == 0) return;
    std::erase_if(wires_, [&](const auto& wire) { return wire.second.socket == member.socket; });
    bridge_.handle_close(now_, member.socket);
    member.socket = 0;
    member.live = false;
  }
  void send(Member& member, const std::string& content) {
    const std::uint32_t id = member.next_id++;
    std::string frame(5 + content.size(), '\0');
    ByteWriter writer({reinterpret_cast<std::uint8_t*>(frame.data()), frame.size()});
    writer.u8(1);
    writer.u32(id);
    writer.bytes(as_bytes(content));
    member.unconfirmed[id] = frame;
    if (member.live) up(member, frame, true);
  }
  void run(Duration span) {
    const Time end = now_ + span;
    while (true) {
      const Time wire = wires_.empty() ? Time::max() : wires_.begin()->first;
      const Time next = std::min(wire, bridge_.next_timeout());
      if (next > end) break;
      now_ = std::max(now_, next);
      if (bridge_.next_timeout() <= now_) bridge_.handle_timeout(now_);
      if (wire <= now_) {
        const Wire arrived = std::move(wires_.begin()->second);
        wires_.erase(wires_.begin());
        arrive(arrived);
      }
      flush();
    }
    now_ = end;
  }
  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }

 private:
  struct Wire {
    bool up;
    SocketId socket;
    std::string bytes;
    bool binary;
  };

  void up(Member& member, std::string bytes, bool binary) {
    member.up_free = std::max(member.up_free, now_) + milliseconds(1 + below(80));
    wires_.emplace(member.up_free, Wire{true, member.socket, std::move(bytes), binary});
  }
  void flush() {
    while (auto outgoing = bridge_.poll_message()) {
      Member* member = holder(outgoing->socket);
      if (!member) continue;
      member->down_free = std::max(member->down_free, now_) + milliseconds(1 + below(80));
      const bool binary = outgoing->binary != nullptr;
      wires_.emplace(member->down_free, Wire{false, outgoing->socket,
                                             binary ? *outgoing->binary : outgoing->text, binary});
    }
    bridge_.datagrams().clear();
    while (bridge_.poll_log()) {
    }
  }
  Member* holder(SocketId socket) {
    for (Member& member : members_) {
      if (member.socket == socket) return &member;
    }
    return nullptr;
  }
  void arrive(const Wire& wire) {
    if (wire.up) {
      if (wire.binary) return bridge_.handle_binary(now_, wire.socket, as_bytes(wire.bytes));
      return bridge_.handle_message(now_, wire.socket, wire.bytes);
    }
    Member* member = holder(wire.socket);
    if (!member) return;
    wire.binary ? hear_frame(*member, wire.bytes) : hear_text(*member, wire.bytes);
  }
  void hear_text(Member& member, const std::string& text) {
    const json::object message = json::parse(text).as_object();
    const auto type = message.at("type").as_string();
    if (type == "error") {
      // The answer with its new token was lost with the line: it joins under another name.
      EXPECT_EQ(message.at("code").as_string(), "resume-refused") << text;
      member.token.clear();
      member.socket = 0;
      member.number += 20;
      connect(member);
    } else if (type == "joined") {
      member.token = message.at("resume").as_string();
      json::object follow{{"type", "follow"}};
      if (member.log) follow["log"] = *member.log;
      if (member.log) follow["after"] = member.last;
      up(member, json::serialize(follow), false);
    } else if (type == "log") {
      if (!message.at("complete").as_bool()) ++member.gaps;
      if (!member.log) member.last = message.at("last").to_number<std::uint64_t>();
      member.log = message.at("log").as_string();
    } else if (type == "caught-up") {
      member.live = true;
      for (const auto& [id, frame] : member.unconfirmed) up(member, frame, true);
    }
  }
  void hear_frame(Member& member, const std::string& frame) {
    ByteReader reader(as_bytes(frame));
    ASSERT_EQ(*reader.u8(), 1);
    ASSERT_TRUE(reader.skip(16));
    const std::uint64_t number = *reader.u64();
    const std::uint32_t id = *reader.u32();
    ASSERT_EQ(number, member.last + 1);
    member.last = number;
    member.story.emplace_back(as_text(reader.rest()));
    if (member.story.back().starts_with(member.tag())) member.unconfirmed.erase(id);
  }

  sotto::test::SeededRandom random_;
  Identity identity_;
  Bridge bridge_;
  Time now_ = from_microseconds(1'000'000);
  SocketId last_socket_ = 0;
  std::vector<Member> members_;
  std::multimap<Time, Wire> wires_;
};

TEST(DeliverySim, AllHaveTheSameHandshakesInTheSameOrderHoweverTheirLinesBreak) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Lines lines(seed, 12);
    for (Member& member : lines.members()) lines.connect(member);
    lines.run(seconds(2));
    int said = 0;
    int cuts = 0;
    for (int step = 0; step < 600; ++step) {
      Member& member = lines.members()[lines.below(12)];
      switch (lines.below(6)) {
        case 0:
          lines.cut(member);
          ++cuts;
          break;
        case 1:
        case 2:
          lines.connect(member);
          break;
        default:
          lines.send(member, member.tag() + std::to_string(++said));
          break;
      }
      lines.run(milliseconds(lines.below(120)));
    }
    for (Member& member : lines.members()) lines.connect(member);
    lines.run(seconds(20));

    EXPECT_GT(cuts, 50);
    const auto& story = lines.members()[0].story;
    EXPECT_GE(story.size(), static_cast<std::size_t>(said));
    for (const Member& member : lines.members()) {
      EXPECT_EQ(member.gaps, 0);
      EXPECT_TRUE(member.unconfirmed.empty()) << member.number;
      EXPECT_EQ(member.story, story) << member.number;
    }
    EXPECT_EQ(lines.stats().handshakes, story.size());
    // Each was said, and a second time only if it was sent again.
    EXPECT_EQ(std::set<std::string>(story.begin(), story.end()).size(),
              static_cast<std::size_t>(said));
  }
}

}  // namespace
}  // namespace sotto::bridge::sim
