#include "mls/group/staged_commit.h"

#include "mls/group/group_state.h"

namespace sotto::mls {

StagedCommit::StagedCommit(std::unique_ptr<StagedState> state) : state_(std::move(state)) {}
StagedCommit::StagedCommit(StagedCommit&&) noexcept = default;
StagedCommit& StagedCommit::operator=(StagedCommit&&) noexcept = default;
StagedCommit::~StagedCommit() = default;

const Sender& StagedCommit::sender() const {
  return state_->sender;
}
LeafIndex StagedCommit::committer() const {
  return state_->committer;
}
bool StagedCommit::external() const {
  return state_->sender.sender_type == SenderType::kNewMemberCommit;
}
bool StagedCommit::has_path() const {
  return state_->has_path;
}
const Bytes& StagedCommit::authenticated_data() const {
  return state_->authenticated_data;
}
const std::vector<CommittedProposal>& StagedCommit::proposals() const {
  return state_->proposals;
}
const CommitEffects& StagedCommit::effects() const {
  return state_->effects;
}
const LeafNode* StagedCommit::path_leaf_before() const {
  return state_->path_leaf_before.get();
}
const LeafNode* StagedCommit::path_leaf_after() const {
  return state_->path_leaf_after.get();
}
const GroupContext& StagedCommit::before() const {
  return state_->before;
}
const GroupContext& StagedCommit::after() const {
  return state_->after;
}

}  // namespace sotto::mls
