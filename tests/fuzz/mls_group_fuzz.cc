// fuzz-deps: sotto_mls
// Group::handle on a live group. The input chooses one of the messages that other members,
// outsiders and the group's own member really sent, and says which of its bytes change; its second
// byte may ask for the change to be made before the message is signed and sealed, by a member who
// breaks rules. Whatever is refused must leave the whole state as it was.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "crypto/init.h"
#include "mls/framing/content_signature.h"
#include "mls/framing/public_framing.h"
#include "mls/group/external_proposal.h"
#include "mls/group/group.h"
#include "mls/group/group_state.h"
#include "mls/group/saved_state.h"
#include "mls/wire/mls_message.h"
#include "support/seeded_random.h"

namespace sotto::mls {

struct GroupAccess {
  static GroupState& state(Group& group) { return *group.state_; }
};

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

KeyPackageOptions package_options(std::string_view name) {
  KeyPackageOptions options;
  options.leaf_node.credential = basic_credential(as_bytes(name));
  options.lifetime = {0, 1000};
  return options;
}

class LiveGroup {
 public:
  LiveGroup() {
    require(initialize_crypto());
    CreateOptions create;
    create.group_id = to_bytes(as_bytes("fuzz"));
    create.leaf_node.credential = basic_credential(as_bytes("0"));
    create.lifetime = {0, 1000};
    auto first = Group::create(std::move(create), SignatureKeyPair::generate(random_), random_);
    require(first.has_value());
    members_.push_back(*std::move(first));
    for (const char* name : {"1", "2", "3"}) add(name);
    for (std::size_t i = 1; i < members_.size(); ++i) collect(i);
    collect_from_outside();
    saved_ = members_[0].save();
  }

  void handle(ByteView input) {
    if (input.size() < 2) return;
    Group group = *Group::restore(saved_, {});
    Bytes message = input[1] % 2 == 0
                        ? changed(messages_[input[0] % messages_.size()], input.subspan(2))
                        : signed_anyway(input[0], input.subspan(2));
    // Proposals first, so that commits which refer to them get further.
    for (const Bytes& proposal : proposals_) (void)group.handle(proposal);
    Bytes before = group.save();
    auto handled = group.handle(message);
    if (!handled) require(group.save() == before);
    if (handled && std::holds_alternative<StagedCommit>(*handled)) {
      require(group.save() == before);  // staged is not applied
      (void)group.apply(std::get<StagedCommit>(*std::move(handled)));
    }
  }

 private:
  void add(std::string_view name) {
    auto package =
        generate_key_package(package_options(name), SignatureKeyPair::generate(random_), random_);
    CommitOptions options;
    options.proposals = {{Add{package->key_package}}};
    auto commit = members_[0].commit(std::move(options), random_);
    require(commit.has_value());
    for (std::size_t i = 1; i < members_.size(); ++i) {
      auto staged = members_[i].handle(commit->commit);
      require(staged && members_[i].apply(std::get<StagedCommit>(*std::move(staged))));
    }
    require(members_[0].merge_pending_commit().has_value());
    auto joined = Group::join(commit->welcomes[0].message, *package, {});
    require(joined.has_value());
    members_.push_back(*std::move(joined));
  }

  void keep(Result<Bytes> message) {
    require(message.has_value());
    messages_.push_back(*std::move(message));
  }

  // What a member may send in this epoch.
  void collect(std::size_t i) {
    Group& member = members_[i];
    auto package =
        generate_key_package(package_options("new"), SignatureKeyPair::generate(random_), random_);
    keep(member.protect(as_bytes("hello"), {}, random_));
    for (int kind = 0; kind < 3; ++kind) {
      CommitOptions options;
      if (kind > 0) options.proposals.push_back({Add{package->key_package}});
      if (kind > 1)
        options.proposals.push_back({Remove{LeafIndex{static_cast<std::uint32_t>(i % 3 + 1)}}});
      if (kind > 1 && i % 3 + 1 == i) options.proposals.pop_back();
      auto commit = member.commit(std::move(options), random_);
      require(commit.has_value());
      messages_.push_back(commit->commit);
    }
    keep(member.propose({Add{package->key_package}}, {}, random_));
    proposals_.push_back(messages_.back());
    keep(member.propose_update({}, {}, random_));
    proposals_.push_back(messages_.back());
    auto by_reference = member.commit({}, random_);
    require(by_reference.has_value());
    messages_.push_back(by_reference->commit);
  }

  void collect_from_outside() {
    GroupInfoOptions options;
    options.external_pub = true;
    auto info = members_[0].group_info(options, random_);
    ExternalJoinOptions join;
    join.leaf_node.credential = basic_credential(as_bytes("outside"));
    auto joined = Group::join_externally(*info, std::move(join),
                                         SignatureKeyPair::generate(random_), random_);
    require(joined.has_value());
    messages_.push_back(joined->commit);
    auto package =
        generate_key_package(package_options("self"), SignatureKeyPair::generate(random_), random_);
    keep(propose_self(*package, members_[0].group_id(), members_[0].epoch()));
  }

  // Each three bytes of the input change one of the message: a place and a value.
  static Bytes changed(Bytes message, ByteView changes) {
    for (std::size_t i = 0; i + 3 <= changes.size() && !message.empty(); i += 3) {
      std::size_t at = (changes[i] << 8 | changes[i + 1]) % message.size();
      message[at] ^= changes[i + 2];
    }
    return message;
  }

  // A member signs and tags what the input makes of a genuine commit or proposal.
  Bytes signed_anyway(std::uint8_t choice, ByteView changes) {
    Group& rogue = members_[1 + choice % 3];
    const Epoch& epoch = GroupAccess::state(rogue).epoch;
    FramedContent content;
    content.group_id = rogue.group_id();
    content.epoch = rogue.epoch();
    content.sender = {SenderType::kMember, rogue.own_leaf(), 0};
    const PendingCommit& pending = *GroupAccess::state(rogue).pending;
    Commit commit;
    for (const CommittedProposal& entry : pending.staged.proposals()) {
      commit.proposals.push_back({*entry.proposal});
    }
    auto spoilt = decode<Commit>(changed(encode(commit), changes));
    if (!spoilt) return Bytes(changes.begin(), changes.end());
    content.content = *std::move(spoilt);
    AuthenticatedContent message = sign_content(WireFormat::kPublicMessage, std::move(content),
                                                epoch.context, *epoch.signature_key);
    message.auth.confirmation_tag = Bytes(kNh);
    auto sealed = protect_public(std::move(message), epoch.context, epoch.secrets.membership_key);
    return sealed ? encode(MlsMessage{*std::move(sealed)}) : Bytes();
  }

  test::SeededRandom random_{1};
  std::vector<Group> members_;
  std::vector<Bytes> messages_, proposals_;
  Bytes saved_;
};

}  // namespace
}  // namespace sotto::mls

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static sotto::mls::LiveGroup group;
  group.handle({data, size});
  return 0;
}
