#include "mls/wire/proposal.h"

#include "mls/wire/fields.h"

namespace sotto::mls {

void read(Reader& in, Add& add) {
  KeyPackage key_package;
  read(in, key_package);
  if (in.ok()) add.key_package = std::move(key_package);
}

void write(Writer& out, const Add& add) {
  write(out, *add.key_package);
}

void read(Reader& in, Update& update) {
  LeafNode leaf_node;
  read(in, leaf_node);
  if (in.ok()) update.leaf_node = std::move(leaf_node);
}

void write(Writer& out, const Update& update) {
  write(out, *update.leaf_node);
}

void read(Reader& in, Remove& remove) {
  read(in, remove.removed);
}

void write(Writer& out, const Remove& remove) {
  write(out, remove.removed);
}

void read(Reader& in, PreSharedKey& psk) {
  read(in, psk.psk);
}

void write(Writer& out, const PreSharedKey& psk) {
  write(out, psk.psk);
}

void read(Reader& in, ReInit& reinit) {
  in.opaque(reinit.group_id);
  read(in, reinit.version);
  read(in, reinit.cipher_suite);
  read_extensions(in, reinit.extensions);
}

void write(Writer& out, const ReInit& reinit) {
  out.opaque(reinit.group_id);
  write(out, reinit.version);
  write(out, reinit.cipher_suite);
  write_vector(out, reinit.extensions);
}

void read(Reader& in, ExternalInit& external_init) {
  in.opaque(external_init.kem_output);
}

void write(Writer& out, const ExternalInit& external_init) {
  out.opaque(external_init.kem_output);
}

void read(Reader& in, GroupContextExtensions& group_context_extensions) {
  read_extensions(in, group_context_extensions.extensions);
}

void write(Writer& out, const GroupContextExtensions& group_context_extensions) {
  write_vector(out, group_context_extensions.extensions);
}

void read(Reader& in, Proposal& proposal) {
  ProposalType type{};
  read(in, type);
  switch (type) {
    case ProposalType::kAdd:
      return read(in, proposal.body.emplace<Add>());
    case ProposalType::kUpdate:
      return read(in, proposal.body.emplace<Update>());
    case ProposalType::kRemove:
      return read(in, proposal.body.emplace<Remove>());
    case ProposalType::kPsk:
      return read(in, proposal.body.emplace<PreSharedKey>());
    case ProposalType::kReInit:
      return read(in, proposal.body.emplace<ReInit>());
    case ProposalType::kExternalInit:
      return read(in, proposal.body.emplace<ExternalInit>());
    case ProposalType::kGroupContextExtensions:
      return read(in, proposal.body.emplace<GroupContextExtensions>());
  }
  in.fail(Error::kUnsupported);
}

void write(Writer& out, const Proposal& proposal) {
  write(out, proposal.proposal_type());
  std::visit([&out](const auto& body) { write(out, body); }, proposal.body);
}

}  // namespace sotto::mls
