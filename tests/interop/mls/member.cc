#include "interop/mls/member.h"

#include <ctime>
#include <utility>

#include "base/hex.h"
#include "mls/group/external_proposal.h"
#include "mls/wire/mls_message.h"

namespace sotto::mls {
namespace {

using Json = nlohmann::json;

// The tests' own extension of the GroupContext, supported by everybody.
constexpr ExtensionType kTestExtension{0xf5a0};
constexpr std::uint64_t kDay = 24 * 3600;

UnixTime now() {
  return static_cast<UnixTime>(std::time(nullptr));
}

Lifetime four_weeks() {
  return {now() - 3600, now() + 28 * kDay};
}

Bytes bytes_of(const Json& hex) {
  auto parsed = from_hex(hex.get<std::string>());
  return parsed ? to_bytes(*parsed) : Bytes{};
}

// Empty where the request does not name it.
Bytes bytes_at(const Json& request, const char* key) {
  return request.contains(key) ? bytes_of(request.at(key)) : Bytes{};
}

SignatureKeyPair copy_of(const SignatureKeyPair& key) {
  return SignatureKeyPair::from_seed(key.seed());
}

Extensions extensions_of(const Json& pairs) {
  Extensions extensions;
  for (const Json& pair : pairs) {
    extensions.push_back({ExtensionType{pair.at(0).get<std::uint16_t>()}, bytes_of(pair.at(1))});
  }
  return extensions;
}

}  // namespace

InteropMember::InteropMember(const Json& settings, RandomSource& random)
    : random_(random),
      suite_(CipherSuite{settings.at("suite").get<std::uint16_t>()}),
      identity_(settings.at("identity").get<std::string>()),
      public_(settings.value("public", false)),
      padding_(settings.value("padding", std::size_t{0})),
      signature_key_(SignatureKeyPair::generate(random)) {}

Json InteropMember::answer(const Json& request) {
  const Operation wanted = operation(request.at("op").get<std::string>());
  if (wanted == nullptr) return {{"error", "no such operation"}};
  Answer answer = (this->*wanted)(request);
  return answer ? *std::move(answer) : Json{{"error", std::string(name(answer.error()))}};
}

InteropMember::Operation InteropMember::operation(const std::string& name) {
  if (name == "keyPackage") return &InteropMember::key_package;
  if (name == "create") return &InteropMember::create;
  if (name == "succeed") return &InteropMember::succeed;
  if (name == "join") return &InteropMember::join;
  if (name == "externalJoin") return &InteropMember::external_join;
  if (name == "externalAdd") return &InteropMember::external_add;
  if (name == "leave") return &InteropMember::leave;
  if (name == "addPsk") return &InteropMember::add_psk;
  if (name == "propose") return &InteropMember::propose;
  if (name == "commit") return &InteropMember::commit;
  if (name == "process") return &InteropMember::process;
  if (name == "encrypt") return &InteropMember::encrypt;
  if (name == "exporter") return &InteropMember::exporter;
  if (name == "groupInfo") return &InteropMember::group_info;
  if (name == "ratchetTree") return &InteropMember::ratchet_tree;
  if (name == "info") return &InteropMember::info;
  return nullptr;
}

LeafNodeOptions InteropMember::leaf_node() const {
  LeafNodeOptions options;
  options.credential = basic_credential(as_bytes(identity_));
  options.capabilities.extensions.push_back(kTestExtension);
  return options;
}

GroupOptions InteropMember::group_options() const {
  GroupOptions options;
  options.credential_policy = &policy_;
  options.private_handshake = !public_;
  options.handshake_padding = padding_;
  return options;
}

InteropMember::Answer InteropMember::key_package(const Json&) {
  KeyPackageOptions options;
  options.cipher_suite = suite_;
  options.leaf_node = leaf_node();
  options.lifetime = four_weeks();
  TRY(OwnKeyPackage made,
      generate_key_package(std::move(options), copy_of(signature_key_), random_));
  key_packages_.push_back(std::move(made));
  return Json{{"keyPackage", to_hex(key_packages_.back().message())}};
}

CreateOptions InteropMember::create_options(const Json& request) const {
  CreateOptions options;
  options.cipher_suite = suite_;
  options.group_id = bytes_at(request, "groupId");
  if (request.contains("extensions")) options.extensions = extensions_of(request.at("extensions"));
  options.leaf_node = leaf_node();
  options.lifetime = four_weeks();
  options.group = group_options();
  return options;
}

InteropMember::Answer InteropMember::create(const Json& request) {
  TRY(Group made, Group::create(create_options(request), copy_of(signature_key_), random_));
  group_ = std::move(made);
  return info({});
}

InteropMember::Answer InteropMember::succeed(const Json& request) {
  if (!group_) return fail(Error::kWrongState);
  const bool branch = request.at("usage") == "branch";
  TRY(Group made, (branch ? Group::branch : Group::reinitialize)(*group_, create_options(request),
                                                                 copy_of(signature_key_), random_));
  group_ = std::move(made);
  return info({});
}

InteropMember::Answer InteropMember::join(const Json& request) {
  const Bytes welcome = bytes_at(request, "welcome");
  const Bytes tree = bytes_at(request, "ratchetTree");
  JoinOptions options;
  options.psks = &psks_;
  if (!tree.empty()) options.ratchet_tree = tree;
  if (request.value("origin", false) && group_) options.origin = &*group_;
  options.now = now();
  options.group = group_options();
  Error error = Error::kNotFound;
  for (auto own = key_packages_.begin(); own != key_packages_.end(); ++own) {
    auto joined = Group::join(welcome, *own, options);
    if (joined) {
      group_ = *std::move(joined);
      key_packages_.erase(own);
      return info({});
    }
    if (joined.error() != Error::kNotFound) error = joined.error();
  }
  return fail(error);
}

InteropMember::Answer InteropMember::external_join(const Json& request) {
  const Bytes tree = bytes_at(request, "ratchetTree");
  ExternalJoinOptions options;
  options.leaf_node = leaf_node();
  options.psks = &psks_;
  if (request.contains("psk")) {
    PreSharedKeyId id;
    id.psk_id = bytes_at(request, "psk");
    options.psk_ids.push_back(std::move(id));
  }
  if (request.contains("resync")) {
    options.resync = LeafIndex{request.at("resync").get<std::uint32_t>()};
  }
  options.authenticated_data = bytes_at(request, "aad");
  if (!tree.empty()) options.ratchet_tree = tree;
  options.now = now();
  options.group = group_options();
  TRY(ExternalJoin joining,
      Group::join_externally(bytes_at(request, "groupInfo"), std::move(options),
                             copy_of(signature_key_), random_));
  joining_.emplace(std::move(joining));
  return Json{{"commit", to_hex(joining_->commit)}};
}

InteropMember::Answer InteropMember::external_add(const Json& request) {
  TRY_VOID(key_package({}));
  TRY(MlsMessage message, decode<MlsMessage>(bytes_at(request, "groupInfo")));
  const auto* group_info = message.as<GroupInfo>();
  if (group_info == nullptr) return fail(Error::kMalformed);
  TRY(Bytes proposal, propose_self(key_packages_.back(), group_info->group_context.group_id,
                                   group_info->group_context.epoch, bytes_at(request, "aad")));
  return Json{{"message", to_hex(proposal)}};
}

InteropMember::Answer InteropMember::leave(const Json&) {
  group_.reset();
  joining_.reset();
  return Json::object();
}

InteropMember::Answer InteropMember::add_psk(const Json& request) {
  psks_.add_external(bytes_at(request, "id"), bytes_at(request, "secret"));
  return Json::object();
}

Result<Proposal> InteropMember::proposal_of(const Json& wish) const {
  if (wish.contains("add")) {
    TRY(MlsMessage message, decode<MlsMessage>(bytes_at(wish, "add")));
    const auto* key_package = message.as<KeyPackage>();
    if (key_package == nullptr) return fail(Error::kMalformed);
    return Proposal{Add{*key_package}};
  }
  if (wish.contains("remove")) {
    return Proposal{Remove{LeafIndex{wish.at("remove").get<std::uint32_t>()}}};
  }
  if (wish.contains("psk")) {
    PreSharedKey psk;
    psk.psk.psk_id = bytes_at(wish, "psk");
    return Proposal{std::move(psk)};
  }
  if (wish.contains("extensions")) {
    return Proposal{GroupContextExtensions{extensions_of(wish.at("extensions"))}};
  }
  if (wish.contains("reinit")) {
    return Proposal{ReInit{bytes_at(wish, "reinit"), ProtocolVersion::kMls10, suite_, {}}};
  }
  return fail(Error::kInvalidArgument);
}

InteropMember::Answer InteropMember::propose(const Json& request) {
  if (!group_) return fail(Error::kWrongState);
  const Json& wish = request.at("proposal");
  const ProposeOptions options{bytes_at(request, "aad"), now()};
  if (wish.contains("update")) {
    TRY(Bytes message, group_->propose_update({}, options, random_));
    return Json{{"message", to_hex(message)}};
  }
  TRY(Proposal proposal, proposal_of(wish));
  TRY(Bytes message, group_->propose(std::move(proposal), options, random_));
  return Json{{"message", to_hex(message)}};
}

InteropMember::Answer InteropMember::commit(const Json& request) {
  if (!group_) return fail(Error::kWrongState);
  CommitOptions options;
  if (request.contains("proposals")) {
    for (const Json& wish : request.at("proposals")) {
      TRY(Proposal proposal, proposal_of(wish));
      options.proposals.push_back(std::move(proposal));
    }
  }
  options.path = request.value("path", true);
  options.group_info.ratchet_tree = request.value("inlineTree", true);
  options.welcome_each = request.value("welcomeEach", false);
  options.psks = &psks_;
  options.authenticated_data = bytes_at(request, "aad");
  options.now = now();
  TRY(CommitMessages messages, group_->commit(std::move(options), random_));
  Json answer = {{"commit", to_hex(messages.commit)}, {"welcomes", Json::array()}};
  for (const WelcomeMessage& welcome : messages.welcomes) {
    answer["welcomes"].push_back(to_hex(welcome.message));
  }
  return answer;
}

InteropMember::Answer InteropMember::process(const Json& request) {
  const Bytes message = bytes_at(request, "message");
  if (joining_ && message == joining_->commit) {
    group_ = std::move(joining_->group);
    joining_.reset();
    return Json{{"kind", "own commit"}};
  }
  if (!group_) return fail(Error::kWrongState);
  TRY(Handled handled, group_->handle(message, {&psks_, now()}));
  if (const auto* proposal = std::get_if<StoredProposal>(&handled)) {
    return Json{{"kind", "proposal"}, {"aad", to_hex(proposal->authenticated_data)}};
  }
  if (const auto* application = std::get_if<ApplicationMessage>(&handled)) {
    return Json{{"kind", "application"},
                {"data", to_hex(application->content)},
                {"aad", to_hex(application->authenticated_data)},
                {"sender", application->sender.value}};
  }
  if (std::holds_alternative<OwnCommit>(handled)) {
    TRY_VOID(group_->merge_pending_commit());
    return Json{{"kind", "own commit"}};
  }
  auto& staged = std::get<StagedCommit>(handled);
  Json answer = {{"kind", "commit"},
                 {"path", staged.has_path()},
                 {"aad", to_hex(staged.authenticated_data())}};
  TRY_VOID(group_->apply(std::move(staged)));
  return answer;
}

InteropMember::Answer InteropMember::encrypt(const Json& request) {
  if (!group_) return fail(Error::kWrongState);
  ProtectOptions options;
  options.authenticated_data = bytes_at(request, "aad");
  options.padding = padding_;
  TRY(Bytes message, group_->protect(bytes_at(request, "data"), options, random_));
  return Json{{"message", to_hex(message)}};
}

InteropMember::Answer InteropMember::exporter(const Json& request) {
  if (!group_) return fail(Error::kWrongState);
  Bytes secret(request.at("length").get<std::size_t>());
  TRY_VOID(group_->exporter(request.at("label").get<std::string>(), bytes_at(request, "context"),
                            secret));
  return Json{{"secret", to_hex(secret)}};
}

InteropMember::Answer InteropMember::group_info(const Json& request) {
  if (!group_) return fail(Error::kWrongState);
  GroupInfoOptions options;
  options.ratchet_tree = request.value("inlineTree", true);
  options.external_pub = true;
  TRY(Bytes message, group_->group_info(options, random_));
  return Json{{"groupInfo", to_hex(message)}};
}

InteropMember::Answer InteropMember::ratchet_tree(const Json&) {
  if (!group_) return fail(Error::kWrongState);
  return Json{{"ratchetTree", to_hex(group_->ratchet_tree())}};
}

InteropMember::Answer InteropMember::info(const Json&) {
  if (!group_) return fail(Error::kWrongState);
  Json answer = {{"active", group_->active()},
                 {"epoch", group_->epoch()},
                 {"leaf", group_->own_leaf().value},
                 {"treeHash", to_hex(group_->context().tree_hash)},
                 {"transcript", to_hex(group_->context().confirmed_transcript_hash)},
                 {"authenticator", to_hex(group_->epoch_authenticator().view())},
                 {"members", Json::array()}};
  for (const Member& member : group_->members()) {
    const Bytes& identity = member.leaf_node->credential.identity;
    answer["members"].push_back({member.leaf.value, std::string(identity.begin(), identity.end())});
  }
  return answer;
}

}  // namespace sotto::mls
