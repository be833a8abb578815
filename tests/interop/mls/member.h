// One client with shared/mls, as the tests of interoperation speak to it: requests and answers are
// JSON objects, bytes in them hexadecimal. ts_mls_peer.mjs answers the same requests.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "mls/group/group.h"

namespace sotto::mls {

// Lets clients ask to be added themselves, else accepts what RFC 9420 does.
struct OpenDoor : CredentialPolicy {
  bool accepts_new_member_proposal(const KeyPackage&) const override { return true; }
};

class InteropMember {
 public:
  // `settings`: suite, identity, public (handshake messages as PublicMessages), padding.
  InteropMember(const nlohmann::json& settings, RandomSource& random);

  // {"op": name, ...} -> what the operation says, or {"error": name}.
  nlohmann::json answer(const nlohmann::json& request);

 private:
  using Json = nlohmann::json;
  using Answer = Result<Json>;
  using Operation = Answer (InteropMember::*)(const Json& request);

  static Operation operation(const std::string& name);

  Answer key_package(const Json& request);
  Answer create(const Json& request);
  // A group that takes the place of the one that the member is in, or branches from it.
  Answer succeed(const Json& request);
  // With "origin", as the successor of the group that the member is in.
  Answer join(const Json& request);
  Answer external_join(const Json& request);
  Answer external_add(const Json& request);
  Answer leave(const Json& request);
  Answer add_psk(const Json& request);
  Answer propose(const Json& request);
  Answer commit(const Json& request);
  // Whatever was sent; a commit is applied, one's own as well.
  Answer process(const Json& request);
  Answer encrypt(const Json& request);
  Answer exporter(const Json& request);
  Answer group_info(const Json& request);
  Answer ratchet_tree(const Json& request);
  Answer info(const Json& request);

  Result<Proposal> proposal_of(const Json& wish) const;
  CreateOptions create_options(const Json& request) const;
  LeafNodeOptions leaf_node() const;
  GroupOptions group_options() const;

  RandomSource& random_;
  CipherSuite suite_;
  std::string identity_;
  bool public_;
  std::size_t padding_;
  OpenDoor policy_;
  SignatureKeyPair signature_key_;
  MemoryPskStore psks_;
  std::vector<OwnKeyPackage> key_packages_;
  std::optional<Group> group_;
  std::optional<ExternalJoin> joining_;  // until the commit has won
};

}  // namespace sotto::mls
