#include "dtls/server_session.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/byte_reader.h"
#include "base/hex.h"
#include "dtls/record.h"
#include "support/dtls_client.h"
#include "support/seeded_random.h"

namespace sotto::bridge {
namespace {

using namespace std::chrono_literals;
using test::DtlsClient;
using State = DtlsServerSession::State;

std::vector<std::vector<std::uint8_t>> recorded(const std::string& name) {
  std::ifstream file(SOTTO_FIXTURES "/dtls/" + name + ".jsonl");
  std::vector<std::vector<std::uint8_t>> datagrams;
  for (std::string line; std::getline(file, line);) {
    const auto row = nlohmann::json::parse(line);
    datagrams.push_back(from_hex(row["hex"].get<std::string>()).value());
  }
  return datagrams;
}

constexpr const char* kBrowsers[] = {"chromium-dtls", "chromium-dtls-gcm", "firefox-dtls",
                                     "dtls13-chromium-client", "dtls13-firefox-client"};

// The handshake message types, in order, of a flight in epoch 0.
std::vector<int> handshake_types(const DatagramQueue& queue) {
  std::vector<int> types;
  for (const auto& datagram : queue.datagrams()) {
    ByteView bytes = queue.bytes(datagram);
    EXPECT_LE(bytes.size(), 1200u);
    while (!bytes.empty()) {
      const auto record = DtlsRecord::parse(bytes);
      EXPECT_TRUE(record);
      if (record->type == DtlsRecord::kHandshake) types.push_back(bytes[DtlsRecord::kHeaderSize]);
      bytes = bytes.subspan(record->size());
    }
  }
  return types;
}

class DtlsServerTest : public ::testing::Test {
 protected:
  // Carries datagrams between the two until neither says anything.
  void run(DtlsClient& client) {
    DatagramQueue to_server(65536, 64);
    DatagramQueue to_client(65536, 64);
    client.start(now, path, to_server);
    for (int round = 0; round < 20 && !(to_server.empty() && to_client.empty()); ++round) {
      DatagramQueue next_to_server(65536, 64);
      for (const auto& datagram : to_client.datagrams()) {
        client.handle_datagram(now, path, to_client.bytes(datagram), next_to_server);
      }
      to_client.clear();
      for (const auto& datagram : to_server.datagrams()) {
        server.handle_datagram(now, path, to_server.bytes(datagram), to_client);
      }
      to_server = std::move(next_to_server);
    }
  }

  Identity identity;
  DtlsServerSession server{identity};
  DatagramQueue out{65536, 64};
  const Path path{0, *Address::from_text("192.0.2.1", 5)};
  Time now = from_microseconds(1'000'000);
};

TEST_F(DtlsServerTest, AnswersEveryRecordedClientHelloOfTwoFragments) {
  for (const char* browser : kBrowsers) {
    const auto hello = recorded(browser);
    ASSERT_EQ(hello.size(), 2u) << browser;
    DtlsServerSession session(identity);
    out.clear();
    session.handle_datagram(now, path, hello[0], out);
    EXPECT_TRUE(out.empty()) << browser;
    session.handle_datagram(now, path, hello[1], out);
    // ServerHello, Certificate, ServerKeyExchange, CertificateRequest, ServerHelloDone.
    EXPECT_EQ(handshake_types(out), (std::vector<int>{2, 11, 12, 13, 14})) << browser;
    EXPECT_EQ(session.state(), State::kHandshaking);
    EXPECT_EQ(session.next_timeout(), now + 50ms);
  }
}

TEST_F(DtlsServerTest, TheFragmentsMayComeInEitherOrderAndTwice) {
  for (const char* browser : kBrowsers) {
    const auto hello = recorded(browser);
    DtlsServerSession session(identity);
    out.clear();
    session.handle_datagram(now, path, hello[1], out);
    session.handle_datagram(now, path, hello[1], out);
    session.handle_datagram(now, path, hello[0], out);
    session.handle_datagram(now, path, hello[0], out);
    EXPECT_EQ(handshake_types(out), (std::vector<int>{2, 11, 12, 13, 14})) << browser;
  }
}

TEST_F(DtlsServerTest, TheFragmentsMayBeRecordsOfOneDatagram) {
  for (const char* browser : kBrowsers) {
    const auto hello = recorded(browser);
    auto both = hello[0];
    both.insert(both.end(), hello[1].begin(), hello[1].end());
    DtlsServerSession session(identity);
    out.clear();
    session.handle_datagram(now, path, both, out);
    EXPECT_EQ(handshake_types(out), (std::vector<int>{2, 11, 12, 13, 14})) << browser;
  }
}

TEST_F(DtlsServerTest, ChoosesGcmAndForwardSecrecyForTheBrowsers) {
  for (const char* browser : kBrowsers) {
    DtlsServerSession session(identity);
    out.clear();
    for (const auto& datagram : recorded(browser))
      session.handle_datagram(now, path, datagram, out);
    ASSERT_FALSE(out.empty());
    // ServerHello: record 13, message header 12, version 2, random 32, session id length.
    ByteReader reader(out.bytes(out.datagrams()[0]));
    ASSERT_TRUE(reader.skip(13 + 12));
    EXPECT_EQ(*reader.u16(), 0xfefd) << browser;  // DTLS 1.2
    ASSERT_TRUE(reader.skip(32));
    ASSERT_TRUE(reader.skip(*reader.u8()));
    EXPECT_EQ(*reader.u16(), 0xc02b) << browser;  // ECDHE-ECDSA-AES128-GCM-SHA256
    const std::string hello = to_hex(reader.rest());
    // use_srtp with the one profile 0x0007 and no MKI.
    EXPECT_NE(hello.find("000e0005000200"
                         "0700"),
              std::string::npos)
        << browser;
  }
}

TEST_F(DtlsServerTest, BothSidesGetTheSameKeysCrosswise) {
  for (const auto only :
       {std::optional<SrtpProfile>{}, std::optional(SrtpProfile::kAes128CmSha1_80)}) {
    DtlsServerSession session(identity);
    DtlsClient client({.only_profile = only});
    DatagramQueue to_server(65536, 64);
    client.start(now, path, to_server);
    session.set_peer_fingerprint(client.fingerprint());
    for (int round = 0; round < 4; ++round) {
      out.clear();
      for (const auto& datagram : to_server.datagrams()) {
        session.handle_datagram(now, path, to_server.bytes(datagram), out);
      }
      to_server.clear();
      for (const auto& datagram : out.datagrams()) {
        client.handle_datagram(now, path, out.bytes(datagram), to_server);
      }
    }
    ASSERT_EQ(session.state(), State::kEstablished);
    ASSERT_TRUE(client.complete());
    EXPECT_EQ(client.server_fingerprint(), identity.fingerprint());
    const auto ours = session.srtp_keys();
    const auto theirs = client.srtp_keys();
    ASSERT_TRUE(ours && theirs);
    EXPECT_EQ(ours->profile, only.value_or(SrtpProfile::kAeadAes128Gcm));
    EXPECT_EQ(ours->inbound, theirs->outbound);
    EXPECT_EQ(ours->outbound, theirs->inbound);
    EXPECT_NE(ours->outbound, ours->inbound);
    EXPECT_EQ(session.next_timeout(), Time::max());
  }
}

TEST_F(DtlsServerTest, GivesNoKeysBeforeTheFingerprintIsKnownOrWhenItIsWrong) {
  DtlsClient client({});
  run(client);
  ASSERT_TRUE(client.complete());
  EXPECT_EQ(server.state(), State::kUnverified);
  EXPECT_EQ(server.srtp_keys().error(), Error::kWrongState);
  server.set_peer_fingerprint(identity.fingerprint());  // somebody else's
  EXPECT_EQ(server.state(), State::kFailed);
  EXPECT_EQ(server.srtp_keys().error(), Error::kWrongState);
}

TEST_F(DtlsServerTest, TellsAPeerWithTheWrongCertificateToGo) {
  DtlsClient client({});
  server.set_peer_fingerprint(identity.fingerprint());
  run(client);
  EXPECT_EQ(server.state(), State::kFailed);
  EXPECT_TRUE(client.failed());
}

TEST_F(DtlsServerTest, RefusesAPeerWithoutACertificate) {
  DtlsClient client({.only_profile = {}, .with_certificate = false});
  run(client);
  EXPECT_EQ(server.state(), State::kFailed);
  EXPECT_TRUE(client.failed());
}

TEST_F(DtlsServerTest, ACloseNotifyEndsIt) {
  DtlsClient client({});
  server.set_peer_fingerprint(client.fingerprint());
  run(client);
  ASSERT_EQ(server.state(), State::kEstablished);
  client.close(path, out);
  ASSERT_FALSE(out.empty());
  DatagramQueue answer;
  server.handle_datagram(now, path, out.bytes(out.datagrams()[0]), answer);
  EXPECT_EQ(server.state(), State::kClosed);
}

TEST_F(DtlsServerTest, RepeatsItsLastFlightToAPeerThatHasNotSeenItButNotOften) {
  DtlsClient client({});
  server.set_peer_fingerprint(client.fingerprint());
  run(client);
  ASSERT_EQ(server.state(), State::kEstablished);
  const auto repeated = recorded("chromium-dtls")[1];  // any handshake message in epoch 0
  now += 1s;
  for (int i = 0; i < 10; ++i) server.handle_datagram(now, path, repeated, out);
  EXPECT_EQ(out.datagrams().size(), 1u);
  EXPECT_EQ(server.state(), State::kEstablished);
}

TEST_F(DtlsServerTest, AnEstablishedAssociationSurvivesNoise) {
  DtlsClient client({});
  server.set_peer_fingerprint(client.fingerprint());
  run(client);
  ASSERT_EQ(server.state(), State::kEstablished);
  sotto::test::SeededRandom fate(4);
  const auto hello = recorded("firefox-dtls");
  for (int i = 0; i < 5000; ++i) {
    auto noise = hello[fate.below(2)];
    noise[fate.below(std::min<std::size_t>(noise.size(), 60))] ^=
        static_cast<std::uint8_t>(1 + fate.below(255));
    out.clear();
    server.handle_datagram(now, path, noise, out);
  }
  EXPECT_EQ(server.state(), State::kEstablished);
}

}  // namespace
}  // namespace sotto::bridge
