#include "bridge/path_table.h"

#include <gtest/gtest.h>

#include "bridge/endpoint.h"
#include "bridge/room.h"
#include "dtls/identity.h"
#include "stun/message_writer.h"
#include "support/seeded_random.h"
#include "support/virtual_peer.h"

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Path path(std::uint8_t last, std::uint64_t tcp = 0) {
  return {tcp, *Address::from_bytes(std::array<std::uint8_t, 4>{203, 0, 113, last}, 4000)};
}

struct Table {
  sotto::test::SeededRandom random{3};
  Identity identity;
  TimerQueue timers;
  DatagramQueue queue;
  Room room{"r", ConferenceLimits{}, random, timers, queue};
  Endpoint endpoint{room, "e", timers};
  Time now = from_microseconds(1'000'000);
  PathTable paths{seconds(15), 3};
  MediaConnection victim{endpoint, Connection::kPublish, identity, random, timers, now};
  MediaConnection other{endpoint, Connection::kSubscribe, identity, random, timers, now};

  Table() {
    paths.register_ufrag(victim);
    paths.register_ufrag(other);
  }
  // A check of a peer that knows `connection`'s credentials.
  std::vector<std::uint8_t> check(const MediaConnection& connection) {
    test::VirtualPeer peer(random, now);
    peer.set_remote(connection.transport.local_ice(), identity.fingerprint());
    peer.use_path(now, path(1));
    return peer.outgoing().front().bytes;
  }
  // As Bridge does it. Who got the datagram.
  MediaConnection* arrive(const Path& from, std::vector<std::uint8_t> datagram) {
    MediaConnection* connection = paths.route(now, from, datagram);
    if (!connection) return nullptr;
    connection->transport.handle_datagram(now, from, datagram, queue);
    paths.after_check(now, from, *connection);
    return connection;
  }
};

const std::vector<std::uint8_t> kMedia(40, 0x80);

TEST(PathTable, MediaFromAPathThatNobodyHasCheckedGoesNowhere) {
  Table table;
  EXPECT_EQ(table.paths.route(table.now, path(1), kMedia), nullptr);
}

TEST(PathTable, AnAuthenticCheckClaimsThePath) {
  Table table;
  EXPECT_EQ(table.arrive(path(1), table.check(table.victim)), &table.victim);
  EXPECT_EQ(table.paths.route(table.now, path(1), kMedia), &table.victim);
  EXPECT_EQ(table.paths.size(), 1u);
}

TEST(PathTable, ACheckThatFailsAuthenticationClaimsNothing) {
  Table table;
  std::vector<std::uint8_t> forged = table.check(table.victim);
  forged[25] ^= 1;  // in the attributes: the integrity no longer holds
  table.arrive(path(1), forged);
  EXPECT_EQ(table.paths.size(), 0u);
  EXPECT_EQ(table.paths.route(table.now, path(1), kMedia), nullptr);
}

TEST(PathTable, AForgedAddressDoesNotTakeAPathAwayWhileItsChecksGoOn) {
  Table table;
  table.arrive(path(1), table.check(table.victim));
  table.now += seconds(14);
  // The attacker has good credentials of its own, and forges the victim's address.
  EXPECT_EQ(table.arrive(path(1), table.check(table.other)), nullptr);
  EXPECT_EQ(table.paths.route(table.now, path(1), kMedia), &table.victim);
  EXPECT_FALSE(table.other.transport.is_valid_path(path(1)));
}

TEST(PathTable, APathThatHasFallenSilentMayGoToAnother) {
  Table table;
  table.arrive(path(1), table.check(table.victim));
  table.now += seconds(15);
  EXPECT_EQ(table.arrive(path(1), table.check(table.other)), &table.other);
  EXPECT_EQ(table.paths.route(table.now, path(1), kMedia), &table.other);
  EXPECT_TRUE(table.victim.paths.empty());
  table.paths.forget(table.victim);
  EXPECT_EQ(table.paths.route(table.now, path(1), kMedia), &table.other);
}

TEST(PathTable, OneConnectionHoldsSoManyPathsAndTheOldestGoesFirst) {
  Table table;
  for (std::uint8_t last = 1; last <= 3; ++last) {
    table.arrive(path(last), table.check(table.victim));
    table.now += milliseconds(1);
  }
  table.arrive(path(1), table.check(table.victim));  // fresh again
  table.arrive(path(4), table.check(table.victim));
  EXPECT_EQ(table.paths.size(), 3u);
  EXPECT_EQ(table.paths.route(table.now, path(2), kMedia), nullptr);
  EXPECT_EQ(table.paths.route(table.now, path(1), kMedia), &table.victim);
}

TEST(PathTable, WhatIsForgottenIsReachedByNeitherNameNorPath) {
  Table table;
  const auto check = table.check(table.victim);
  table.arrive(path(1), check);
  table.paths.forget(table.victim);
  EXPECT_EQ(table.paths.size(), 0u);
  EXPECT_EQ(table.paths.route(table.now, path(1), kMedia), nullptr);
  EXPECT_EQ(table.paths.route(table.now, path(1), check), nullptr);
}

TEST(PathTable, AClosedTcpConnectionTakesItsPathAlong) {
  Table table;
  table.arrive(path(1, 77), table.check(table.victim));
  Path closed;
  EXPECT_EQ(table.paths.close_tcp(76, closed), nullptr);
  EXPECT_EQ(table.paths.close_tcp(77, closed), &table.victim);
  EXPECT_EQ(closed, path(1, 77));
  EXPECT_EQ(table.paths.size(), 0u);
  EXPECT_TRUE(table.victim.paths.empty());
  EXPECT_EQ(table.paths.close_tcp(77, closed), nullptr);
}

TEST(PathTable, AfterARestartBothNamesLeadThereUntilTheNewOneIsUsed) {
  Table table;
  const auto before = table.check(table.victim);
  table.victim.transport.prepare_restart();
  table.paths.register_ufrag(table.victim);
  const auto after = table.check(table.victim);
  EXPECT_EQ(table.paths.route(table.now, path(1), before), &table.victim);
  EXPECT_EQ(table.arrive(path(1), after), &table.victim);
  table.victim.transport.prepare_restart();
  table.paths.register_ufrag(table.victim);
  EXPECT_EQ(table.paths.route(table.now, path(9), before), nullptr);
  EXPECT_LE(table.victim.ufrags.size(), 2u);
}

}  // namespace
}  // namespace sotto::bridge
