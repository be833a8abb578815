// What the keeper of a group holds ready for whoever seals and opens frames, who may come late, or
// die and be replaced. It keeps one epoch at most, sealed for nobody, and that only while nobody is
// there to take it.
//
// An epoch's keys are given away once: two who seal under one of them would both begin to count at
// zero, and use every nonce twice.
#pragma once

#include <list>
#include <map>
#include <optional>

#include "base/random.h"
#include "base/result.h"
#include "mls/bytes.h"
#include "room/frame_channel.h"
#include "room/frame_operation.h"

namespace sotto::room {

class FrameFeed {
 public:
  // From Session::poll_frame_operation, in its order.
  void add(FrameOperation operation);

  // From now on it goes to whoever has this key. True: with the current epoch; false: another one
  // has had that, so frames begin with the next epoch (Session::update brings it).
  Result<bool> connect(ByteView public_key, RandomSource& random);

  // Messages for FrameChannelReceiver::open, in this order; until there is nothing.
  std::optional<mls::Bytes> poll();

 private:
  void send(const FrameOperation& operation);

  // While nobody has come.
  std::optional<EpochBegun> epoch_;
  std::map<mls::LeafIndex, PresenceHeard> heard_;
  MaySend may_send_;

  bool given_away_ = false;  // the current epoch
  std::optional<FrameChannelSender> receiver_;
  std::list<mls::Bytes> sealed_;
};

}  // namespace sotto::room
