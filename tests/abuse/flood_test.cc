// A call goes on while strangers send 100,000 mutated packets and messages: the bridge neither
// falls over nor grows, and nobody in the call notices.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>

#include "abuse/attacker.h"
#include "process/bridge_process.h"
#include "process/live_client.h"

namespace sotto::test {
namespace {

using namespace std::chrono_literals;
using bridge::Source;
using testing::HasSubstr;

constexpr std::uint64_t kUdp = 70'000;
constexpr std::uint64_t kTcp = 10'000;
constexpr std::uint64_t kTexts = 20'000;
// What the process may have grown by when it is over: allocators keep some of a peak, and
// AddressSanitizer keeps 256 MiB of freed memory to find its uses.
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t kGrowthKib = 400 * 1024;
#else
constexpr std::size_t kGrowthKib = 8 * 1024;
#endif
// Media may wait for the noise, but not so that anybody would call it a dropout.
constexpr auto kLongestGap = 1s;

std::string fixture(const std::string& name) {
  return SOTTO_FIXTURES "/" + name;
}

class FloodTest : public testing::Test {
 protected:
  // Signalling is rate-limited in earnest; here all of it shall reach the parsers. Places of
  // attackers who were cut off are given up soon.
  BridgeProcess process_{{"--messages-per-second", "100000", "--resume-window", "1"}};
  boost::asio::io_context io_;
  Mutator mutator_{20260501};
  std::vector<std::unique_ptr<LiveClient>> clients_;
  std::chrono::nanoseconds longest_turn_{};  // when this process had no core, longer than it should

  LiveClient::Server server() const { return {process_.port(), process_.media_port()}; }

  LiveClient& join(std::uint32_t number) {
    clients_.push_back(std::make_unique<LiveClient>(
        io_, server(), number, std::vector{Source::kMicrophone, Source::kCamera}));
    return *clients_.back();
  }

  // What these very clients send, and what browsers sent, are the seeds.
  void gather_seeds(LiveClient& client) {
    client.on_datagram = [this, taken = 0](ByteView datagram) mutable {
      if (taken++ < 400) mutator_.add_packet({datagram.begin(), datagram.end()});
    };
    client.on_text = [this](const std::string& text) { mutator_.add_text(text); };
  }
  void add_recorded_seeds() {
    for (const char* name : {"dtls/chromium-dtls.jsonl", "dtls/firefox-dtls.jsonl",
                             "rtp/chromium-opus.jsonl", "rtp/chromium-vp8-simulcast-dd.jsonl",
                             "rtp/chromium-vp9-l3t3key-dd.jsonl", "rtp/firefox-feedback-twcc.jsonl",
                             "rtp/chromium-feedback-remb.jsonl", "srtp/chromium-opus.jsonl"}) {
      auto packets = packets_of(fixture(name));
      EXPECT_FALSE(packets.empty()) << name;
      for (auto& packet : packets) mutator_.add_packet(std::move(packet));
    }
    for (
        const char* text :
        {R"({"type":"ping","id":9})", R"({"type":"leave"})",
         R"({"type":"state","id":6,"state":"c3RhdGU"})",
         R"({"type":"pause","id":3,"track":"t8","paused":true})",
         R"({"type":"subscribe","id":4,"want":[{"endpoint":"AAAAAAAAAAAAAAAAAAAAAA","group":"camera","height":360}]})",
         R"({"type":"request-offer","id":5,"iceRestart":true})",
         R"({"type":"answer","generation":1,"sdp":"v=0"})"}) {
      mutator_.add_text(text);
    }
  }

  static std::size_t packets_from(LiveClient& to, LiveClient& from, Source source) {
    const auto* reception = to.participant().from(from.participant(), source);
    return reception ? reception->counters.size() : 0;
  }
  std::int64_t health(const char* group, const char* name) {
    return boost::json::parse(process_.health()).at(group).at(name).as_int64();
  }
  bool call_works(LiveClient& a, LiveClient& b, std::size_t more) {
    std::size_t video = packets_from(a, b, Source::kCamera) + more;
    std::size_t audio = packets_from(b, a, Source::kMicrophone) + more;
    return run_until(io_, 60s, [&] {
      return packets_from(a, b, Source::kCamera) >= video &&
             packets_from(b, a, Source::kMicrophone) >= audio;
    });
  }
  // Everything that shall be sent, about 8,000 a second, while the clients live on.
  void flood(Attacker& attacker) {
    while (attacker.packets_sent() < kUdp + kTcp || attacker.texts_sent() < kTexts) {
      std::uint64_t packets = attacker.packets_sent();
      for (int i = 0; i < 14 && attacker.packets_sent() < kUdp + kTcp; ++i) attacker.send_udp();
      for (int i = 0; i < 2 && attacker.packets_sent() < kUdp + kTcp; ++i) attacker.send_tcp();
      for (int i = 0; i < 4 && attacker.texts_sent() < kTexts; ++i) attacker.send_text();
      const auto turn = std::chrono::steady_clock::now();
      run_for(io_, 2ms);
      const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - turn;
      longest_turn_ = std::max(longest_turn_, took);
      if (packets % 5000 < 16 && !process_.alive()) return;  // the test will tell
    }
  }
};

TEST_F(FloodTest, CallGoesOnThroughAHundredThousandMutatedPacketsAndMessages) {
  ASSERT_TRUE(process_.listening()) << process_.log();
  LiveClient& a = join(1);
  LiveClient& b = join(2);
  gather_seeds(a);
  add_recorded_seeds();
  ASSERT_TRUE(a.connect());
  ASSERT_TRUE(b.connect());
  ASSERT_TRUE(call_works(a, b, 100)) << process_.log();
  std::size_t before = process_.resident_kib();
  ASSERT_GT(before, 0u);
  std::size_t audio_before = packets_from(b, a, Source::kMicrophone);
  std::size_t spoken_before = a.participant().sender(Source::kMicrophone)->sent();
  {
    Attacker attacker(io_, server(), mutator_);
    flood(attacker);
    std::printf(
        "sent %llu packets and %llu messages over %llu WebSockets, from %zu and %zu seeds\n",
        static_cast<unsigned long long>(attacker.packets_sent()),
        static_cast<unsigned long long>(attacker.texts_sent()),
        static_cast<unsigned long long>(attacker.sockets_opened()), mutator_.packets(),
        mutator_.texts());
  }
  std::size_t audio = packets_from(b, a, Source::kMicrophone) - audio_before;
  std::size_t spoken = a.participant().sender(Source::kMicrophone)->sent() - spoken_before;
  EXPECT_GE(spoken, 100u);
  EXPECT_GE(audio, spoken * 9 / 10) << "of " << spoken << " packets";
  run_for(io_, 3s);  // the strangers' places are given up

  ASSERT_TRUE(process_.alive()) << process_.log();
  std::size_t after = process_.resident_kib();
  std::printf("resident: %zu KiB before, %zu KiB after\n", before, after);
  EXPECT_LT(after, before + kGrowthKib);
  EXPECT_THAT(process_.health(), HasSubstr("\"status\":\"ok\""));
  // The noise did arrive, and not at a closed door.
  EXPECT_GE(health("udp", "received"), static_cast<std::int64_t>(kUdp * 9 / 10));
  EXPECT_GE(health("tcp", "received"), static_cast<std::int64_t>(kTcp / 2));
  EXPECT_GE(health("messages", "in"), static_cast<std::int64_t>(kTexts * 8 / 10));
  EXPECT_TRUE(call_works(a, b, 100)) << process_.health();
  for (LiveClient* client : {&a, &b}) {
    EXPECT_TRUE(client->open());
    EXPECT_EQ(client->participant().corrupted(), 0u);
    EXPECT_EQ(client->participant().claims_broken, 0u);
    for (const auto& [from, reception] : client->participant().receptions) {
      EXPECT_LT(reception.longest_gap, kLongestGap + longest_turn_) << "from " << from.first;
    }
  }
  LiveClient& late = join(3);
  ASSERT_TRUE(late.connect());
  EXPECT_TRUE(call_works(late, a, 20)) << "a newcomer is not let in any more";
}

// Somebody on the path, who can send as if from a participant's own address.
TEST_F(FloodTest, PacketsForgedFromAParticipantsAddressDoNotEndItsCall) {
  ASSERT_TRUE(process_.listening()) << process_.log();
  LiveClient& a = join(1);
  LiveClient& b = join(2);
  gather_seeds(a);
  add_recorded_seeds();
  ASSERT_TRUE(a.connect());
  ASSERT_TRUE(b.connect());
  ASSERT_TRUE(call_works(a, b, 100)) << process_.log();
  for (int sent = 0; sent < 20'000; sent += 10) {
    for (int i = 0; i < 10; ++i) {
      auto packet = mutator_.next_packet();
      if (!packet.empty()) a.inject(packet);
    }
    run_for(io_, 2ms);
  }
  ASSERT_TRUE(process_.alive()) << process_.log();
  EXPECT_TRUE(call_works(a, b, 100)) << process_.health();
  EXPECT_EQ(b.participant().corrupted(), 0u);
}

}  // namespace
}  // namespace sotto::test
