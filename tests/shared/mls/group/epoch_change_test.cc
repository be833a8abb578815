#include "mls/group/epoch_change.h"

#include "mls/group/welcome_join.h"
#include "mls/keys/expand_with_label.h"
#include "mls/tree/path_secret.h"
#include "mls/wire/mls_message.h"
#include "shared/mls/group/some_group.h"
#include "support/secret_search.h"

namespace sotto::mls {
namespace {

using sotto::test::SecretSearch;

void want_epoch(SecretSearch& wanted, Group& group, const std::string& who) {
  const Epoch& epoch = GroupAccess::state(group).epoch;
  const EpochSecrets& secrets = epoch.secrets;
  wanted.add(who + "'s init_secret", secrets.init_secret.view());
  wanted.add(who + "'s sender_data_secret", secrets.sender_data_secret.view());
  wanted.add(who + "'s exporter_secret", secrets.exporter_secret.view());
  wanted.add(who + "'s external_secret", secrets.external_secret.view());
  wanted.add(who + "'s membership_key", secrets.membership_key.view());
  wanted.add(who + "'s resumption_psk", secrets.resumption_psk.view());
  wanted.add(who + "'s epoch_authenticator", secrets.epoch_authenticator.view());
  const TreePrivateKeys& keys = epoch.private_keys;
  if (auto* leaf = keys.find(node_of(keys.leaf()))) {
    wanted.add(who + "'s leaf key", leaf->private_key.view());
  }
  if (auto* root = keys.find(epoch.tree.root())) {
    wanted.add(who + "'s root key", root->private_key.view());
  }
  // What a restored tree would hold: the secrets of subtrees and ratchets.
  Writer out;
  epoch.secret_tree->save(out);
  Bytes saved = std::move(out).take();
  if (saved.size() > 60)
    wanted.add(who + "'s secret tree", ByteView(saved).subspan(saved.size() - 60, 32));
}

// Of the first application message that `sender` will send.
void want_message_key(SecretSearch& wanted, Group& receiver, LeafIndex sender) {
  auto key =
      GroupAccess::state(receiver).epoch.secret_tree->peek(sender, RatchetType::kApplication, 0);
  ASSERT_TRUE(key.has_value());
  wanted.add("key of an application message", key->key_and_nonce().key());
}

// The whole chain of a commit with a joiner, worked out from its Welcome.
void want_schedule(SecretSearch& wanted, ByteView welcome, const OwnKeyPackage& joiner,
                   const PskStore& psks) {
  auto message = decode<MlsMessage>(welcome);
  auto opened = open_welcome(*message->as<Welcome>(), joiner, &psks, nullptr);
  ASSERT_TRUE(opened.has_value());
  wanted.add("joiner_secret", opened->joiner_secret.view());
  wanted.add("psk_secret", opened->psk_secret.view());
  Secret<kNh> member = extract(opened->joiner_secret.view(), opened->psk_secret.view());
  wanted.add("welcome_secret",
             derive_welcome_secret(opened->joiner_secret, opened->psk_secret).view());
  Secret<kNh> epoch_secret =
      expand_with_label<kNh>(member.view(), "epoch", encode(opened->group_info.group_context));
  wanted.add("epoch_secret", epoch_secret.view());
  wanted.add("encryption_secret", derive_secret(epoch_secret.view(), "encryption").view());
  wanted.add("confirmation_key", derive_secret(epoch_secret.view(), "confirm").view());
  ASSERT_TRUE(opened->group_secrets.path_secret.has_value());
  const Bytes& path_secret = opened->group_secrets.path_secret->path_secret;
  wanted.add("path_secret", path_secret);
  Secret<kNh> next(std::span<const std::uint8_t, kNh>(path_secret.data(), kNh));
  for (int i = 0; i < 3; ++i) {
    wanted.add("private key of path_secret " + std::to_string(i),
               node_key_pair(next).private_key.view());
    next = next_path_secret(next);
    wanted.add("path_secret or commit_secret " + std::to_string(i), next.view());
  }
}

TEST(PastSecrets, AreNowhereInTheHeapOnceTheirEpochIsForgotten) {
  GroupOptions options;
  options.past_epochs = 1;
  options.resumption_epochs = 1;
  SecretSearch wanted;
  SomeGroup group(5, options);
  {
    MemoryPskStore psks;
    Bytes psk(32);
    group.random().fill(psk);
    wanted.add("a consumed PSK", psk);
    psks.add_external(as_bytes("a"), std::move(psk));
    OwnKeyPackage joiner = key_package_of("joiner", group.random());
    wanted.add("init_key", joiner.init_key.private_key.view());
    wanted.add("joiner's first leaf key", joiner.encryption_key.private_key.view());
    CommitOptions add;
    add.proposals = {add_of(joiner), psk_of("a")};
    add.psks = &psks;
    HandleOptions handling;
    handling.psks = &psks;
    CommitMessages messages = group.commit(1, std::move(add), handling);
    want_schedule(wanted, messages.welcomes.at(0).message, joiner, psks);
    JoinOptions join;
    join.psks = &psks;
    join.group = options;
    auto joined = Group::join(messages.welcomes.at(0).message, joiner, join);
    ASSERT_TRUE(joined.has_value());
    want_message_key(wanted, group[0], LeafIndex{1});
    auto said = group[1].protect(as_bytes("a message"), {}, group.random());
    ASSERT_TRUE(group[0].handle(*said).has_value());
    ASSERT_TRUE(joined->handle(*said).has_value());
    want_epoch(wanted, *joined, "the joiner");
    for (std::size_t i = 0; i < 5; ++i) want_epoch(wanted, group[i], "member " + std::to_string(i));
    EXPECT_FALSE(wanted.find_in_heap().empty());  // the search can find
    auto next = joined->commit({}, group.random());
    take(*joined, next->commit);
    for (std::size_t i = 0; i < 5; ++i) take(group[i], next->commit);
    joined->forget_epoch(2);
  }
  // Leaf keys live as long as their leaf: everybody takes a new one.
  for (std::size_t i = 0; i < 5; ++i) group.commit(i);
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::uint64_t epoch : group[i].past_epochs()) group[i].forget_epoch(epoch);
  }
  EXPECT_EQ(wanted.find_in_heap(), std::vector<std::string>());
}

TEST(PastSecrets, OfOneWhoWasRemovedGoAtOnceButForLateMessages) {
  GroupOptions options;
  options.past_epochs = 0;
  options.resumption_epochs = 0;
  SomeGroup group(2, options);
  SecretSearch wanted;
  CommitOptions remove;
  remove.proposals = {remove_of(1)};
  want_epoch(wanted, group[1], "the removed member");
  group.commit(0, std::move(remove));
  ASSERT_TRUE(group[0].commit({}, group.random()).has_value());
  ASSERT_TRUE(group[0].merge_pending_commit().has_value());
  EXPECT_EQ(wanted.find_in_heap(), std::vector<std::string>());
}

}  // namespace
}  // namespace sotto::mls
