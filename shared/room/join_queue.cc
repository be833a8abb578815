#include "room/join_queue.h"

#include <algorithm>

#include "mls/group/key_package_generation.h"
#include "mls/group/key_package_validation.h"
#include "mls/wire/mls_message.h"
#include "room/add_rules.h"
#include "room/extension_types.h"
#include "room/roster.h"

namespace sotto::room {
namespace {

template <typename Matches>
void erase_where(std::map<Endpoint, Joiner>& waiting, Matches matches) {
  for (auto it = waiting.begin(); it != waiting.end();) {
    it = matches(it->second) ? waiting.erase(it) : std::next(it);
  }
}

}  // namespace

// What every room's group asks of its leaves (room_context.h).
JoinQueue::JoinQueue(std::string room_id, mls::CipherSuite suite, Policy policy)
    : room_id_(std::move(room_id)), policy_(policy) {
  rules_.cipher_suite = suite;
  rules_.group_extensions = {kRoomContextExtension};
}

void JoinQueue::set_link(const LinkKeys& keys) {
  waiting_.clear();
  seal_.emplace(keys.key_package_seal_key());
  mac_key_ = keys.key_package_mac_key();
}

Result<void> JoinQueue::handle(const Endpoint& endpoint, ByteView sealed, Time now) {
  if (sealed.empty()) {
    waiting_.erase(endpoint);
    return {};
  }
  if (!seal_) return fail(Error::kWrongState);
  TRY(const mls::Bytes opened, seal_->open(endpoint, sealed));
  TRY(mls::MlsMessage message, mls::decode<mls::MlsMessage>(opened));
  const auto* key_package = message.as<mls::KeyPackage>();
  if (key_package == nullptr) return fail(Error::kUnsupported);
  if (judge_key_package(*key_package, mac_key_, policy_)) return fail(Error::kUnauthenticated);
  mls::Bytes reference = mls::key_package_reference(*key_package);
  const auto former = waiting_.find(endpoint);
  // Who follows anew is handed what it has had.
  if (former != waiting_.end() && former->second.reference == reference) return {};
  if (waits_elsewhere(endpoint, key_package->leaf_node)) return fail(Error::kAlreadyExists);
  TRY_VOID(mls::validate_key_package(*key_package, rules_));
  TRY(LeafIdentity identity,
      verify_leaf_identity(key_package->leaf_node.credential.identity, room_id_,
                           key_package->leaf_node.signature_key, policy_));
  // A fresh one by the same person goes on waiting.
  const bool same_person =
      former != waiting_.end() && former->second.identity.identity_key == identity.identity_key;
  const Time since = same_person ? former->second.since : now;
  if (former == waiting_.end() && waiting_.size() >= kMaxWaiting) make_room();
  waiting_[endpoint] = {
      *key_package, std::move(reference), std::move(identity), opened.size(), since, now};
  return {};
}

bool JoinQueue::waits_elsewhere(const Endpoint& endpoint, const mls::LeafNode& leaf_node) const {
  return std::any_of(waiting_.begin(), waiting_.end(), [&](const auto& entry) {
    const mls::LeafNode& other = entry.second.key_package.leaf_node;
    return entry.first != endpoint && (other.encryption_key == leaf_node.encryption_key ||
                                       other.signature_key == leaf_node.signature_key);
  });
}

void JoinQueue::make_room() {
  waiting_.erase(std::min_element(
      waiting_.begin(), waiting_.end(),
      [](const auto& a, const auto& b) { return a.second.renewed < b.second.renewed; }));
}

void JoinQueue::erase_reference(ByteView reference) {
  erase_where(waiting_, [&](const Joiner& joiner) { return equal(joiner.reference, reference); });
}

void JoinQueue::erase_identity(const IdentityKey& key) {
  erase_where(waiting_, [&](const Joiner& joiner) { return joiner.identity.identity_key == key; });
}

}  // namespace sotto::room
