// Commits (RFC 9420 section 12.4).
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "mls/wire/proposal.h"
#include "mls/wire/update_path.h"

namespace sotto::mls {

struct ProposalOrRef {
  std::variant<Proposal, ProposalRef> body;

  ProposalOrRefType type() const {
    return body.index() == 0 ? ProposalOrRefType::kProposal : ProposalOrRefType::kReference;
  }
  const Proposal* proposal() const { return std::get_if<0>(&body); }
  const ProposalRef* reference() const { return std::get_if<1>(&body); }
  friend bool operator==(const ProposalOrRef&, const ProposalOrRef&) = default;
};

struct Commit {
  std::vector<ProposalOrRef> proposals;
  std::optional<UpdatePath> path;
  friend bool operator==(const Commit&, const Commit&) = default;
};

// A reference shorter than any suite's hash (32 bytes) is malformed.
void read(Reader& in, ProposalOrRef& proposal);
void write(Writer& out, const ProposalOrRef& proposal);
void read(Reader& in, Commit& commit);
void write(Writer& out, const Commit& commit);

}  // namespace sotto::mls
