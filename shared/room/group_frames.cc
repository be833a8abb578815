#include "room/group_frames.h"

#include <utility>

namespace sotto::room {

void GroupFrames::apply(FrameOperation operation, Time now) {
  if (auto* begun = std::get_if<EpochBegun>(&operation)) {
    begin(std::move(*begun), now);
  } else if (const auto* heard = std::get_if<PresenceHeard>(&operation)) {
    // What is refused was verified by the group's keeper, and has been overtaken since.
    if (members_) (void)members_->presence.heard(heard->leaf, heard->presence, heard->epoch, now);
  } else if (const auto* may_send = std::get_if<MaySend>(&operation)) {
    may_send_ = may_send->allowed;
  } else {
    forget();
  }
}

void GroupFrames::begin(EpochBegun begun, Time now) {
  if (members_ && !(members_->own_leaf == begun.own_leaf)) forget();
  const bool at_once = !members_ || !begun.removed.empty();
  if (!members_) {
    members_ = std::make_unique<Members>(keys_, begun.own_leaf, begun.suite, policy_);
  }
  media_encrypted_ = begun.media_encrypted;
  next_sealing_ = {next_sealing_ ? next_sealing_->since : now, begun.secrets.epoch,
                   begun.secrets.leaf_width, begun.suite, begun.secrets.base_key};
  if (at_once) next_sealing_->since = now - seal_anew_after_;
  seal_anew(now);
  update_presence(begun, now);
  members_->epochs.begin_epoch(std::move(begun.secrets), begun.removed, now);
}

void GroupFrames::seal_anew(Time now) {
  if (!next_sealing_ || next_sealing_->since + seal_anew_after_ > now) return;
  sealers_.begin_epoch(next_sealing_->epoch, next_sealing_->leaf_width, members_->own_leaf,
                       next_sealing_->suite, std::move(next_sealing_->base_key));
  next_sealing_.reset();
}

// Whoever came with this epoch has not been heard yet, also in a leaf that somebody else had.
void GroupFrames::update_presence(const EpochBegun& begun, Time now) {
  std::map<mls::LeafIndex, std::uint64_t> members;
  for (const mls::LeafIndex leaf : begun.secrets.members) members[leaf] = begun.secrets.epoch;
  auto before = std::exchange(members_->present, {});
  for (const mls::LeafIndex leaf : begun.removed) {
    before.erase(leaf);
    members_->presence.remove(leaf);
  }
  for (const auto& [leaf, since] : before) {
    const auto stayed = members.find(leaf);
    if (stayed == members.end()) {
      members_->presence.remove(leaf);
    } else {
      stayed->second = since;
    }
  }
  for (const auto& [leaf, since] : members) {
    if (before.count(leaf) == 0) members_->presence.add(leaf, now);
  }
  members_->present = std::move(members);
}

void GroupFrames::forget() {
  next_sealing_.reset();
  sealers_.end();
  keys_.erase_if([](std::uint64_t) { return true; });
  members_.reset();
}

Result<std::size_t> GroupFrames::max_sealed_size(std::uint8_t context, Codec codec,
                                                 std::size_t size) {
  if (!may_seal()) return fail(Error::kWrongState);
  TRY(const FrameSealer* sealer, sealers_.sealer(context));
  return sealer->max_sealed_size(codec, size);
}

Result<std::size_t> GroupFrames::seal(std::uint8_t context, Codec codec, bool key_frame,
                                      ByteView frame, MutableBytes out) {
  if (!may_seal()) return fail(Error::kWrongState);
  TRY(FrameSealer * sealer, sealers_.sealer(context));
  TRY(const std::size_t size, sealer->seal(codec, key_frame, frame, out));
  kinds_[context] = codec == Codec::kOpus ? StreamKind::kAudio : StreamKind::kVideo;
  return size;
}

Result<FrameSource> GroupFrames::source_of(std::uint64_t kid) {
  if (!members_) return fail(Error::kUnknownKey);
  if (const auto source = members_->epochs.source_of(kid)) {
    const auto sits = members_->present.find(source->leaf);
    const bool gone = sits == members_->present.end() || sits->second > source->epoch;
    // What one has sent is not said by who has its leaf now.
    if (gone && policy_.has(Rule::kAttribution)) return fail(Error::kExpired);
    return *source;
  }
  return fail(members_->epochs.key_for(kid).error());
}

Result<GroupFrame> GroupFrames::open(Codec codec, const SealedFrame& sealed, Time now) {
  expire(now);
  const std::uint64_t kid = sealed.header.kid;
  TRY(const FrameSource source, source_of(kid));
  const CtrVerdict verdict =
      members_->presence.judge(source.leaf, source.context, sealed.header.ctr, source.epoch, now);
  switch (verdict) {
    case CtrVerdict::kTooFar:
      return fail(Error::kNotFound);
    case CtrVerdict::kTooOld:
      return fail(Error::kTooOld);
    case CtrVerdict::kLive:
    case CtrVerdict::kLagging:
      break;
  }
  TRY(const OpenedFrame opened, members_->opener.open(codec, sealed));
  members_->epochs.opened(kid, now);
  return GroupFrame{opened, source, verdict == CtrVerdict::kLagging};
}

std::vector<PresenceStream> GroupFrames::streams() const {
  std::vector<PresenceStream> streams;
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    const auto context = static_cast<std::uint8_t>(i);
    if (kinds_[i]) streams.push_back({context, *kinds_[i], sealers_.next_ctr(context)});
  }
  return streams;
}

void GroupFrames::expire(Time now) {
  seal_anew(now);
  if (members_) members_->epochs.expire(now);
}

}  // namespace sotto::room
