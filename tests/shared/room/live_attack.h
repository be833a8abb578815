// Attacks on a call as it runs: sessions with their frame sides, in virtual time, over a delivery
// service that belongs to the attacker; and a member, Eve, whose client sends whatever she likes.
#pragma once

#include <gtest/gtest.h>

#include "e2ee/sealed_frame.h"
#include "mls/framing/content_signature.h"
#include "mls/group/commit_creation.h"
#include "mls/keys/transcript_hash.h"
#include "mls/tree/treekem.h"
#include "shared/room/session_state.h"
#include "support/filled_room.h"
#include "support/policy_for_test.h"

namespace sotto::room::test {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Wire = std::vector<std::uint8_t>;

inline constexpr std::uint8_t kMicrophone = 0;

inline mls::Group& group_of(Participant& one) {
  return SessionAccess::core(*one.session).in->group;
}

// A frame of sound on its way to the bridge; its sender's presence is told how far it is.
inline Result<Wire> speak(RoomNetwork& room, Participant& one) {
  const Wire plain(30, 9);
  TRY(const std::size_t most, one.frames->max_sealed_size(kMicrophone, Codec::kOpus, plain.size()));
  Wire wire(most);
  TRY(const std::size_t size, one.frames->seal(kMicrophone, Codec::kOpus, true, plain, wire));
  wire.resize(size);
  room.act(one, [&](Session& s) { s.set_streams(room.now(), one.frames->streams()); });
  return wire;
}

inline Result<GroupFrame> hear(GroupFrames& frames, const Wire& wire, Time now) {
  Wire out(wire.size());
  TRY(const SealedFrame found, find_sealed_frame(Codec::kOpus, wire, out));
  return frames.open(Codec::kOpus, found, now);
}
inline Result<GroupFrame> hear(RoomNetwork& room, Participant& one, const Wire& wire) {
  return hear(*one.frames, wire, room.now());
}

// So that what changes, the attack has changed.
inline bool nothing_said(Delivery& delivery) {
  return delivery.kind != MessageKind::kApplication;
}

inline Participant& sitting_at(const std::vector<Participant*>& all, std::uint32_t leaf) {
  for (Participant* one : all) {
    if (leaf_of(*one).value == leaf) return *one;
  }
  ADD_FAILURE() << "nobody";
  return *all.at(0);
}
inline std::optional<MemberView> seen_by(RoomNetwork& room, Participant& one, mls::LeafIndex leaf) {
  for (MemberView& member : one.session->members(room.now())) {
    if (member.leaf == leaf) return std::move(member);
  }
  return std::nullopt;
}

// Whatever Eve says as herself, in the group's current epoch.
inline Wire said_by(Participant& eve, ByteView content, RandomSource& random) {
  const auto sealed = group_of(eve).protect(content, {}, random);
  EXPECT_TRUE(sealed.has_value());
  return {sealed->begin(), sealed->end()};
}

// Eve's own commit of these proposals; her session knows nothing of it.
inline Wire committed_by(Participant& eve, std::vector<mls::Proposal> proposals,
                         RandomSource& random) {
  mls::CommitOptions options;
  options.proposals = std::move(proposals);
  options.psks = &SessionAccess::core(*eve.session).psk;
  const auto made = group_of(eve).commit(std::move(options), random);
  EXPECT_TRUE(made.has_value()) << (made ? "" : name(made.error()));
  return made ? Wire(made->commit.begin(), made->commit.end()) : Wire();
}

// A commit that is in order, but for the path secret of who sits beside Eve in the tree.
inline Wire commit_that_locks_out_the_neighbour(mls::Group& eve, RandomSource& random) {
  mls::GroupState& state = mls::GroupAccess::state(eve);
  const mls::Epoch& epoch = state.epoch;
  mls::RatchetTree tree = epoch.tree;
  mls::TreePrivateKeys keys = epoch.private_keys.copy();
  auto draft = mls::draft_path(tree, keys, *tree.leaf(eve.own_leaf()), eve.group_id(),
                               *epoch.signature_key, random);
  EXPECT_TRUE(draft.has_value());
  mls::GroupContext context = epoch.context;
  ++context.epoch;
  context.tree_hash = mls::to_bytes(tree.tree_hash());
  mls::Commit commit;
  commit.path = *mls::seal_path(epoch.suite, tree, *draft, {}, encode(context), random);
  mls::HpkeCiphertexts& neighbours = commit.path->nodes.at(0).encrypted_path_secret;
  const auto genuine = *neighbours.at(0);
  mls::Bytes garbage = mls::to_bytes(genuine.ciphertext);
  garbage.at(0) ^= 1;
  mls::HpkeCiphertexts spoilt;
  spoilt.push_back({genuine.kem_output, garbage});
  neighbours = std::move(spoilt);
  mls::FramedContent content;
  content.group_id = eve.group_id();
  content.epoch = eve.epoch();
  content.sender = {mls::SenderType::kMember, eve.own_leaf(), 0};
  content.content = std::move(commit);
  mls::AuthenticatedContent message = mls::sign_content(
      mls::WireFormat::kPrivateMessage, std::move(content), epoch.context, *epoch.signature_key);
  context.confirmed_transcript_hash = mls::to_bytes(mls::confirmed_transcript_hash(
      epoch.interim_transcript_hash, mls::confirmed_transcript_hash_input(message)));
  const auto start = mls::start_epoch(epoch.secrets.init_secret, draft->commit_secret, {}, context);
  message.auth.confirmation_tag = start.confirmation_tag;
  const auto sealed = mls::protect_handshake(state, message, random);
  EXPECT_TRUE(sealed.has_value());
  return {sealed->begin(), sealed->end()};
}

}  // namespace sotto::room::test
