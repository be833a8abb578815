#include "mls/framing/content_rules.h"

namespace sotto::mls {
namespace {

bool external_sender_may_propose(ProposalType type) {
  switch (type) {
    case ProposalType::kAdd:
    case ProposalType::kRemove:
    case ProposalType::kPsk:
    case ProposalType::kReInit:
    case ProposalType::kGroupContextExtensions:
      return true;
    case ProposalType::kUpdate:
    case ProposalType::kExternalInit:
      return false;
  }
  return false;
}

bool sender_may_send(SenderType sender, const FramedContent& content) {
  const Proposal* proposal = content.proposal();
  switch (sender) {
    case SenderType::kMember:
      return true;
    case SenderType::kExternal:
      return proposal != nullptr && external_sender_may_propose(proposal->proposal_type());
    case SenderType::kNewMemberProposal:
      return proposal != nullptr && proposal->proposal_type() == ProposalType::kAdd;
    case SenderType::kNewMemberCommit:
      return content.commit() != nullptr && content.commit()->path.has_value();
  }
  return false;
}

bool may_travel_as(WireFormat wire_format, const FramedContent& content) {
  if (wire_format == WireFormat::kPublicMessage) return content.application() == nullptr;
  return wire_format == WireFormat::kPrivateMessage &&
         content.sender.sender_type == SenderType::kMember;
}

}  // namespace

Result<void> check_content_rules(WireFormat wire_format, const FramedContent& content) {
  bool allowed =
      may_travel_as(wire_format, content) && sender_may_send(content.sender.sender_type, content);
  if (!allowed) return fail(Error::kMalformed);
  return {};
}

}  // namespace sotto::mls
