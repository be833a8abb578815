// How many members of a tree support what, so that the question whether all of them do (RFC 9420
// sections 7.3, 12.2 and 13.4) does not ask each of them at every commit.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "mls/wire/leaf_node.h"

namespace sotto::mls {

class CapabilityCounts {
 public:
  CapabilityCounts();

  void add(std::span<const LeafNode* const> leaves);
  // They were added.
  void remove(std::span<const LeafNode* const> leaves);

  // Of how many members the capabilities list the type (none needs to list a default one).
  std::uint32_t supporting(ExtensionType type) const;
  std::uint32_t supporting(ProposalType type) const;
  std::uint32_t supporting(CredentialType type) const;

  // The types of the members' credentials.
  std::vector<CredentialType> credentials_in_use() const;

 private:
  // What is counted, and its number, in one integer; rising, and how many members have it.
  using Count = std::pair<std::uint32_t, std::uint32_t>;
  void apply(std::span<const LeafNode* const> leaves, bool adding);
  std::uint32_t count(std::uint32_t what) const;

  std::shared_ptr<const std::vector<Count>> counts_;  // shared by copies
};

}  // namespace sotto::mls
