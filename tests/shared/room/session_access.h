// A member whose client has been changed: it commits what it likes, by the side of its session.
#pragma once

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "mls/wire/mls_message.h"
#include "room/key_package_seal.h"
#include "room/session_core.h"
#include "support/room_network.h"

namespace sotto::room {

struct SessionAccess {
  static SessionCore& core(Session& session) { return *session.core_; }
};

namespace test {

inline SessionCore& core_of(Participant& one) {
  return SessionAccess::core(*one.session);
}

inline mls::LeafIndex leaf_of(const Participant& one) {
  return *one.session->own_leaf();
}

// What a KeyPackage says to whoever holds the link.
inline mls::KeyPackage opened(Participant& who, const Delivery& sealed) {
  KeyPackageSeal seal(core_of(who).keys.key_package_seal_key());
  auto bytes = seal.open(sealed.sender, sealed.bytes);
  EXPECT_TRUE(bytes);
  return *mls::decode<mls::MlsMessage>(*bytes)->as<mls::KeyPackage>();
}

// By value, with the link's PSK if somebody is added. Whom it lets in is told when it has won.
inline void commit_as(RoomNetwork& room, Participant& who, std::vector<mls::Proposal> proposals,
                      std::vector<Endpoint> welcomed = {}) {
  SessionCore& core = core_of(who);
  mls::CommitOptions options;
  options.psks = &core.psk;
  bool adds = false;
  for (mls::Proposal& proposal : proposals) {
    adds |= proposal.as<mls::Add>() != nullptr;
    options.proposals.push_back(std::move(proposal));
  }
  if (adds) {
    mls::PreSharedKey psk;
    psk.psk.psk_id = core.psk.id();
    options.proposals.push_back({psk});
  }
  auto made = core.in->group.commit(std::move(options), core.random);
  ASSERT_TRUE(made) << name(made.error());
  CommitOnItsWay& on_its_way = core.in->commit.emplace();
  on_its_way.bytes.assign(made->commit.begin(), made->commit.end());
  if (!welcomed.empty()) {
    const mls::Bytes& welcome = made->welcomes.front().message;
    on_its_way.welcome.assign(welcome.begin(), welcome.end());
    on_its_way.welcomed = std::move(welcomed);
  }
  core.in->duty.committed(room.now());
  core.messages.push_back({MessageKind::kHandshake, {}, on_its_way.bytes});
  room.act(who, [&](Session& session) { session.handle_timeout(room.now()); });
}

}  // namespace test
}  // namespace sotto::room
