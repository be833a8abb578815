// A group as a native endpoint stores it; browser modules are linked without this file.
#include "mls/group/saved_state.h"

namespace sotto::mls {
namespace {

constexpr std::uint16_t kFormat = 1;

// Not of the wire: every secret as its 32 bytes.
void save(Writer& out, const Secret<kNh>& secret) {
  out.bytes(secret.view());
}

void restore(Reader& in, Secret<kNh>& secret) {
  ByteView bytes = in.bytes(kNh);
  if (in.ok()) secret = Secret<kNh>(bytes.first<kNh>());
}

void save(Writer& out, const EpochSecrets& secrets) {
  for (const Secret<kNh>* secret :
       {&secrets.sender_data_secret, &secrets.exporter_secret, &secrets.external_secret,
        &secrets.membership_key, &secrets.resumption_psk, &secrets.epoch_authenticator,
        &secrets.init_secret}) {
    save(out, *secret);
  }
}

void restore(Reader& in, EpochSecrets& secrets) {
  for (Secret<kNh>* secret :
       {&secrets.sender_data_secret, &secrets.exporter_secret, &secrets.external_secret,
        &secrets.membership_key, &secrets.resumption_psk, &secrets.epoch_authenticator,
        &secrets.init_secret}) {
    restore(in, *secret);
  }
}

void save_tree(Writer& out, const RatchetTree& tree) {
  out.opaque(tree.encode());
}

Result<RatchetTree> restore_tree(Reader& in) {
  ByteView bytes = in.opaque();
  if (!in.ok()) return fail(Error::kMalformed);
  return RatchetTree::decode(bytes);
}

// The key pairs by level: the leaf's, then those above that are known.
void save_keys(Writer& out, const TreePrivateKeys& keys, const RatchetTree& tree) {
  LeafIndex leaf = keys.leaf();
  out.u32(leaf.value);
  out.vector([&] {
    auto one = [&](NodeIndex node) {
      const HpkeKeyPair* pair = keys.find(node);
      if (pair == nullptr) return;
      out.u32(node.value);
      save(out, pair->private_key);
    };
    one(node_of(leaf));
    for (NodeIndex node : direct_path(leaf, tree.leaf_count())) one(node);
  });
}

TreePrivateKeys restore_keys(Reader& in) {
  TreePrivateKeys keys(LeafIndex{in.u32()});
  in.vector([&] {
    NodeIndex node{in.u32()};
    Secret<kNh> private_key;
    restore(in, private_key);
    keys.set(node, HpkeKeyPair::from_private_key(private_key.view()));
  });
  return keys;
}

void save(Writer& out, const SignatureKeyPointer& key) {
  out.u8(key != nullptr ? 1 : 0);
  if (key != nullptr) out.bytes(key->seed());
}

SignatureKeyPointer restore_signature_key(Reader& in) {
  if (!in.present()) return nullptr;
  Secret<kNh> seed;
  restore(in, seed);
  return std::make_shared<const SignatureKeyPair>(SignatureKeyPair::from_seed(seed.view()));
}

void save(Writer& out, const Epoch& epoch) {
  write(out, epoch.context);
  save_tree(out, epoch.tree);
  save_keys(out, epoch.private_keys, epoch.tree);
  save(out, epoch.signature_key);
  save(out, epoch.secrets);
  out.u8(epoch.secret_tree ? 1 : 0);
  if (epoch.secret_tree) epoch.secret_tree->save(out);
  out.opaque(epoch.confirmation_tag);
  out.opaque(epoch.interim_transcript_hash);
}

Result<Epoch> restore_epoch(Reader& in, const RatchetLimits& limits) {
  GroupContext context;
  read(in, context);
  TRY(Suite && suite, suite_from(context.cipher_suite));
  TRY(RatchetTree && tree, restore_tree(in));
  Epoch epoch{suite, std::move(context), std::move(tree), restore_keys(in), nullptr, {}, {}, {},
              {}};
  epoch.signature_key = restore_signature_key(in);
  restore(in, epoch.secrets);
  if (in.present()) epoch.secret_tree = SecretTree::restore(in, suite, limits);
  in.opaque(epoch.confirmation_tag);
  in.opaque(epoch.interim_transcript_hash);
  return epoch;
}

void save(Writer& out, const PastEpoch& past) {
  write(out, past.context);
  save_tree(out, past.tree);
  save(out, past.sender_data_secret);
  past.secret_tree.save(out);
}

Result<PastEpoch> restore_past(Reader& in, const RatchetLimits& limits) {
  GroupContext context;
  read(in, context);
  TRY(Suite && suite, suite_from(context.cipher_suite));
  TRY(RatchetTree && tree, restore_tree(in));
  Secret<kNh> sender_data_secret;
  restore(in, sender_data_secret);
  return PastEpoch{suite, std::move(context), std::move(tree), std::move(sender_data_secret),
                   SecretTree::restore(in, suite, limits)};
}

void save_proposals(Writer& out, const GroupState& state) {
  out.vector([&] {
    for (const auto& stored : state.proposals) {
      out.opaque(stored->reference);
      write(out, stored->sender);
      write(out, *stored->proposal);
      out.opaque(stored->authenticated_data);
    }
  });
  out.vector([&] {
    for (const OwnUpdate& update : state.own_updates) {
      out.opaque(update.reference);
      save(out, update.encryption_key.private_key);
      save(out, update.signature_key);
    }
  });
}

void restore_proposals(Reader& in, GroupState& state) {
  in.vector([&] {
    StoredProposal stored;
    Proposal proposal;
    in.opaque(stored.reference);
    read(in, stored.sender);
    read(in, proposal);
    in.opaque(stored.authenticated_data);
    stored.proposal = std::make_shared<const Proposal>(std::move(proposal));
    state.proposals.push_back(std::make_shared<const StoredProposal>(std::move(stored)));
  });
  in.vector([&] {
    OwnUpdate update;
    in.opaque(update.reference);
    Secret<kNh> private_key;
    restore(in, private_key);
    update.encryption_key = HpkeKeyPair::from_private_key(private_key.view());
    update.signature_key = restore_signature_key(in);
    state.own_updates.push_back(std::move(update));
  });
}

void save_origin(Writer& out, const Origin* origin) {
  out.u8(origin != nullptr ? 1 : 0);
  if (origin == nullptr) return;
  write(out, origin->usage);
  out.opaque(origin->group_id);
  out.u64(origin->epoch);
  save(out, origin->resumption_psk);
}

std::unique_ptr<Origin> restore_origin(Reader& in) {
  if (!in.present()) return nullptr;
  auto origin = std::make_unique<Origin>();
  read_closed(in, origin->usage, ResumptionPskUsage::kBranch);
  in.opaque(origin->group_id);
  origin->epoch = in.u64();
  restore(in, origin->resumption_psk);
  return origin;
}

// As the committed proposal that it was.
void save_reinit(Writer& out, const std::optional<ReInit>& reinit) {
  out.u8(reinit ? 1 : 0);
  if (reinit) write(out, Proposal{*reinit});
}

std::optional<ReInit> restore_reinit(Reader& in) {
  if (!in.present()) return {};
  Proposal proposal;
  read(in, proposal);
  auto* reinit = proposal.as<ReInit>();
  if (reinit == nullptr) {
    in.fail(Error::kMalformed);
    return {};
  }
  return *reinit;
}

void restore_past_epochs(Reader& in, GroupState& state) {
  in.vector([&] {
    auto past = restore_past(in, state.options.ratchets);
    if (!past) {
      in.fail(past.error());
      return;
    }
    state.past_epochs.push_back(*std::move(past));
  });
  in.vector([&] {
    KeptResumptionPsk& kept = state.resumption_psks.emplace_back();
    kept.epoch = in.u64();
    restore(in, kept.resumption_psk);
  });
}

}  // namespace

Bytes save_state(const GroupState& state) {
  Writer out;
  out.u16(kFormat);
  save(out, state.epoch);
  out.vector([&] {
    for (const PastEpoch& past : state.past_epochs) save(out, past);
  });
  out.vector([&] {
    for (const KeptResumptionPsk& kept : state.resumption_psks) {
      out.u64(kept.epoch);
      save(out, kept.resumption_psk);
    }
  });
  save_proposals(out, state);
  out.vector([&] {
    for (const HashValue& sent : state.sent) out.bytes(sent);
  });
  save_origin(out, state.origin.get());
  save_reinit(out, state.reinit);
  out.u8(state.removed ? 1 : 0);
  out.u8(state.must_commit ? 1 : 0);
  return std::move(out).take();
}

Result<std::unique_ptr<GroupState>> restore_state(ByteView saved, const GroupOptions& options) {
  Reader in(saved);
  if (in.u16() != kFormat) return fail(Error::kUnsupported);
  TRY(Epoch && epoch, restore_epoch(in, options.ratchets));
  auto state = std::make_unique<GroupState>(std::move(epoch), options);
  restore_past_epochs(in, *state);
  restore_proposals(in, *state);
  in.vector([&] {
    HashValue& sent = state->sent.emplace_back();
    ByteView bytes = in.bytes(sent.size());
    if (in.ok()) std::memcpy(sent.data(), bytes.data(), sent.size());
  });
  state->origin = restore_origin(in);
  state->reinit = restore_reinit(in);
  state->removed = in.present();
  state->must_commit = in.present();
  TRY_VOID(in.finish());
  if (!state->removed && !state->epoch.secret_tree) return fail(Error::kMalformed);
  if (!state->removed) TRY_VOID(state->epoch.private_keys.check(state->epoch.tree));
  // A copy of this state may have sent more than it knows of (security profile, section 7).
  state->must_commit = true;
  return state;
}

#ifndef __EMSCRIPTEN__
Bytes Group::save() const {
  return save_state(*state_);
}

Result<Group> Group::restore(ByteView state, const GroupOptions& options) {
  TRY(auto&& restored, restore_state(state, options));
  return Group(std::move(restored));
}
#endif

}  // namespace sotto::mls
