#include "room/frame_feed.h"

#include <utility>

namespace sotto::room {

void FrameFeed::add(FrameOperation operation) {
  if (std::holds_alternative<EpochBegun>(operation)) given_away_ = receiver_.has_value();
  if (std::holds_alternative<AllGone>(operation)) given_away_ = false;
  if (receiver_) return send(operation);
  if (auto* begun = std::get_if<EpochBegun>(&operation)) {
    for (const mls::LeafIndex leaf : begun->removed) heard_.erase(leaf);
    epoch_ = std::move(*begun);
  } else if (auto* heard = std::get_if<PresenceHeard>(&operation)) {
    const mls::LeafIndex leaf = heard->leaf;
    heard_.insert_or_assign(leaf, std::move(*heard));
  } else if (auto* may_send = std::get_if<MaySend>(&operation)) {
    may_send_ = *may_send;
  } else {
    epoch_.reset();
    heard_.clear();
  }
}

Result<bool> FrameFeed::connect(ByteView public_key, RandomSource& random) {
  TRY(FrameChannelSender && receiver, FrameChannelSender::create(public_key, random));
  receiver_ = std::move(receiver);
  sealed_.clear();
  const bool complete = !given_away_;
  if (const auto epoch = std::exchange(epoch_, std::nullopt)) {
    given_away_ = true;
    send(*epoch);
  }
  send(may_send_);
  for (const auto& [leaf, heard] : std::exchange(heard_, {})) send(heard);
  return complete;
}

void FrameFeed::send(const FrameOperation& operation) {
  if (const auto* may_send = std::get_if<MaySend>(&operation)) may_send_ = *may_send;
  auto sealed = receiver_->seal(operation);
  // It fails after 2^64 messages, and what follows one that is left out opens no more.
  if (sealed) sealed_.push_back(*std::move(sealed));
}

std::optional<mls::Bytes> FrameFeed::poll() {
  if (sealed_.empty()) return std::nullopt;
  mls::Bytes message = std::move(sealed_.front());
  sealed_.pop_front();
  return message;
}

}  // namespace sotto::room
