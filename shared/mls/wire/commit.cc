#include "mls/wire/commit.h"

#include "mls/wire/fields.h"

namespace sotto::mls {

void read(Reader& in, ProposalOrRef& proposal) {
  ProposalOrRefType type{};
  read_closed(in, type, ProposalOrRefType::kReference);
  if (type == ProposalOrRefType::kProposal) {
    read(in, proposal.body.emplace<Proposal>());
  } else {
    read_reference(in, proposal.body.emplace<ProposalRef>());
  }
}

void write(Writer& out, const ProposalOrRef& proposal) {
  write(out, proposal.type());
  if (proposal.proposal() != nullptr) return write(out, *proposal.proposal());
  out.opaque(*proposal.reference());
}

void read(Reader& in, Commit& commit) {
  read_counted_vector(in, commit.proposals);
  read_optional(in, commit.path);
}

void write(Writer& out, const Commit& commit) {
  write_vector(out, commit.proposals);
  write_optional(out, commit.path);
}

}  // namespace sotto::mls
