// A few members of one group of MLS, and a list of every secret that RFC 9420 section 9.2 has them
// delete: past_secrets.test.mjs searches the whole of the module's memory for them. The list is
// kept under a mask, so that it is not found itself.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/init.h"
#include "mls/group/group.h"
#include "mls/group/group_state.h"
#include "mls/group/welcome_join.h"
#include "mls/keys/expand_with_label.h"
#include "mls/keys/hash.h"
#include "mls/tree/path_secret.h"
#include "mls/wire/mls_message.h"
#include "support/seeded_random.h"

#define SECRETS_EXPORT extern "C" __attribute__((visibility("default"), used))

namespace sotto::mls {

struct GroupAccess {
  static GroupState& state(Group& group) { return *group.state_; }
};

namespace {

constexpr std::uint8_t kMask = 0xa7;

struct Wanted {
  std::string name;
  std::array<std::uint8_t, 32> masked;
};

struct Story {
  test::SeededRandom random{1};
  std::vector<Group> members;
  MemoryPskStore psks;
  std::vector<Wanted> wanted;

  void want(std::string name, ByteView secret) {
    Wanted entry{std::move(name), {}};
    for (std::size_t i = 0; i < 32; ++i) entry.masked[i] = secret[i] ^ kMask;
    wanted.push_back(std::move(entry));
  }
};

Story* story = nullptr;

GroupOptions group_options() {
  GroupOptions options;
  options.past_epochs = 1;
  options.resumption_epochs = 1;
  return options;
}

Result<OwnKeyPackage> key_package(std::string_view name) {
  KeyPackageOptions options;
  options.leaf_node.credential = basic_credential(as_bytes(name));
  options.lifetime = {0, 1000};
  return generate_key_package(std::move(options), SignatureKeyPair::generate(story->random),
                              story->random);
}

Result<void> take(Group& group, ByteView commit) {
  HandleOptions options;
  options.psks = &story->psks;
  TRY(Handled handled, group.handle(commit, options));
  if (std::holds_alternative<OwnCommit>(handled)) {
    TRY(auto merged, group.merge_pending_commit());
    (void)merged;
    return {};
  }
  auto* staged = std::get_if<StagedCommit>(&handled);
  if (staged == nullptr) return fail(Error::kWrongState);
  TRY(auto applied, group.apply(std::move(*staged)));
  (void)applied;
  return {};
}

Result<CommitMessages> commit(std::size_t by, CommitOptions options = {}) {
  TRY(CommitMessages messages, story->members[by].commit(std::move(options), story->random));
  for (Group& member : story->members) TRY_VOID(take(member, messages.commit));
  return messages;
}

Result<void> join(ByteView welcome, OwnKeyPackage& joiner) {
  JoinOptions options;
  options.psks = &story->psks;
  options.group = group_options();
  TRY(Group group, Group::join(welcome, joiner, options));
  story->members.push_back(std::move(group));
  return {};
}

Result<void> found() {
  CreateOptions create;
  create.group_id = to_bytes(as_bytes("some group"));
  create.leaf_node.credential = basic_credential(as_bytes("0"));
  create.lifetime = {0, 1000};
  create.group = group_options();
  TRY(Group first,
      Group::create(std::move(create), SignatureKeyPair::generate(story->random), story->random));
  story->members.push_back(std::move(first));
  std::vector<OwnKeyPackage> joiners;
  CommitOptions options;
  for (const char* name : {"1", "2", "3"}) {
    TRY(OwnKeyPackage joiner, key_package(name));
    options.proposals.push_back({Add{joiner.key_package}});
    joiners.push_back(std::move(joiner));
  }
  TRY(CommitMessages messages, commit(0, std::move(options)));
  for (OwnKeyPackage& joiner : joiners) TRY_VOID(join(messages.welcomes[0].message, joiner));
  return {};
}

// The chain of a commit with a joiner, worked out from its Welcome; and with it the key of the
// first application message of leaf 1.
Result<void> want_schedule(ByteView welcome, const OwnKeyPackage& joiner) {
  TRY(MlsMessage message, decode<MlsMessage>(welcome));
  TRY(OpenedWelcome opened, open_welcome(*message.as<Welcome>(), joiner, &story->psks, nullptr));
  story->want("joiner_secret", opened.joiner_secret.view());
  story->want("psk_secret", opened.psk_secret.view());
  Secret<kNh> intermediate = extract(opened.joiner_secret.view(), opened.psk_secret.view());
  story->want("joiner_secret with psk_secret", intermediate.view());
  story->want("welcome_secret",
              derive_welcome_secret(opened.joiner_secret, opened.psk_secret).view());
  Secret<kNh> epoch_secret =
      expand_with_label<kNh>(intermediate.view(), "epoch", encode(opened.group_info.group_context));
  story->want("epoch_secret", epoch_secret.view());
  // It is the members' own.
  Secret<kNh> authenticator = derive_secret(epoch_secret.view(), "authentication");
  if (!equal(authenticator.view(), story->members[0].epoch_authenticator().view())) {
    return fail(Error::kWrongState);
  }
  story->want("encryption_secret", derive_secret(epoch_secret.view(), "encryption").view());
  story->want("confirmation_key", derive_secret(epoch_secret.view(), "confirm").view());
  Bytes& path_secret = opened.group_secrets.path_secret->path_secret;
  Secret<kNh> next(std::span<const std::uint8_t, kNh>(path_secret.data(), kNh));
  for (int i = 0; i < 4; ++i) {  // up to the root, and the commit_secret
    story->want("path_secret or commit_secret " + std::to_string(i), next.view());
    story->want("private key of path_secret " + std::to_string(i),
                node_key_pair(next).private_key.view());
    next = next_path_secret(next);
  }
  return {};
}

void want_epoch(Group& group, const std::string& who) {
  const Epoch& epoch = GroupAccess::state(group).epoch;
  story->want(who + " init_secret", epoch.secrets.init_secret.view());
  story->want(who + " sender_data_secret", epoch.secrets.sender_data_secret.view());
  story->want(who + " exporter_secret", epoch.secrets.exporter_secret.view());
  story->want(who + " external_secret", epoch.secrets.external_secret.view());
  story->want(who + " membership_key", epoch.secrets.membership_key.view());
  story->want(who + " resumption_psk", epoch.secrets.resumption_psk.view());
  story->want(who + " epoch_authenticator", epoch.secrets.epoch_authenticator.view());
  const TreePrivateKeys& keys = epoch.private_keys;
  if (auto* leaf = keys.find(node_of(keys.leaf()))) {
    story->want(who + " leaf key", leaf->private_key.view());
  }
  if (auto* root = keys.find(epoch.tree.root())) {
    story->want(who + " root key", root->private_key.view());
  }
}

Result<void> live() {
  TRY_VOID(found());
  Bytes psk(32);
  story->random.fill(psk);
  story->want("PSK", psk);
  story->psks.add_external(as_bytes("psk"), std::move(psk));
  TRY(OwnKeyPackage joiner, key_package("joiner"));
  story->want("init_key", joiner.init_key.private_key.view());
  story->want("joiner leaf key", joiner.encryption_key.private_key.view());
  want_epoch(story->members[0], "epoch before:");
  PreSharedKey proposal;
  proposal.psk.psk_id = to_bytes(as_bytes("psk"));
  CommitOptions options;
  options.psks = &story->psks;
  options.proposals = {{Add{joiner.key_package}}, {proposal}};
  TRY(CommitMessages messages, commit(1, std::move(options)));
  TRY_VOID(want_schedule(messages.welcomes[0].message, joiner));
  TRY_VOID(join(messages.welcomes[0].message, joiner));
  story->psks.erase_external(as_bytes("psk"));
  {
    const SecretTree& keys = *GroupAccess::state(story->members[0]).epoch.secret_tree;
    TRY(auto next, keys.peek(LeafIndex{1}, RatchetType::kApplication, 0));
    story->want("key of an application message", next.key_and_nonce().key());
  }
  TRY(Bytes said, story->members[1].protect(as_bytes("a message"), {}, story->random));
  for (std::size_t i = 0; i < story->members.size(); ++i) {
    if (i == 1) continue;
    TRY(Handled handled, story->members[i].handle(said));
    (void)handled;
  }
  for (std::size_t i = 0; i < story->members.size(); ++i) {
    want_epoch(story->members[i], "member " + std::to_string(i));
  }
  return {};
}

// Everybody takes a new leaf key, and the epochs before are not kept any longer.
Result<void> move_on() {
  for (std::size_t i = 0; i < story->members.size(); ++i) {
    TRY(auto messages, commit(i));
    (void)messages;
  }
  for (Group& member : story->members) {
    for (std::uint64_t epoch : member.past_epochs()) member.forget_epoch(epoch);
  }
  return {};
}

int number_of(const Result<void>& result) {
  return result ? 0 : 1 + static_cast<int>(result.error());
}

}  // namespace
}  // namespace sotto::mls

using sotto::mls::story;

// 0, or 1 + an Error.
SECRETS_EXPORT int secrets_live() {
  if (!sotto::initialize_crypto()) return -1;
  story = new sotto::mls::Story;
  return sotto::mls::number_of(sotto::mls::live());
}
SECRETS_EXPORT int secrets_move_on() {
  return sotto::mls::number_of(sotto::mls::move_on());
}
SECRETS_EXPORT std::uint32_t secrets_count() {
  return static_cast<std::uint32_t>(story->wanted.size());
}
SECRETS_EXPORT const char* secrets_name(std::uint32_t i) {
  return story->wanted[i].name.c_str();
}
// 32 bytes, each xor 0xa7.
SECRETS_EXPORT const std::uint8_t* secrets_masked(std::uint32_t i) {
  return story->wanted[i].masked.data();
}
