// Who is in a simulated group, who wants to be, and who is not any more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mls/group/group.h"

namespace sotto::mls::sim {

// Comes and goes; each time as another member.
struct Client {
  std::string name;  // its credential
  SignatureKeyPair signature_key;
};

// A KeyPackage that somebody has put into a proposal.
struct Invitation {
  std::size_t client;
  OwnKeyPackage package;
  bool used = false;
};

struct Member {
  Member(std::size_t number_, std::size_t client_, Group group_, std::size_t position_)
      : number(number_), client(client_), group(std::move(group_)), position(position_) {}

  std::size_t number;
  std::size_t client;
  Group group;
  std::size_t position;                   // of the log: everything below it has been read
  std::set<std::size_t> early;            // proposals above it that were taken before their turn
  bool gone = false;                      // its group is an outsider's by now
  std::uint64_t asleep_until = 0;         // hears nothing before this step
  std::optional<std::size_t> own_commit;  // its place in the log, while nobody knows who wins
  std::vector<WelcomeMessage> welcomes;   // that wait for it
  std::optional<KeyPackage> joined_with;  // while its leaf has the same signature key
};

// Holds a group that is not, or no longer, the others'.
struct Outsider {
  Group group;
  std::uint64_t outside_from;  // the first epoch in which it must see nothing
  std::string why;
};

struct Said {
  std::uint64_t epoch;
  std::size_t sender;  // a member's number
  LeafIndex leaf;
  Bytes text;
  Bytes message;
  std::set<std::size_t> opened_by;
};

}  // namespace sotto::mls::sim
