// The frame side of a group in one piece: takes the operations of the group's keeper, seals what I
// send, opens what others send, and refuses what cannot be live (security profile, sections 5, 7
// and 8). It holds keys of epochs, and nothing else of MLS.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "e2ee/frame_opener.h"
#include "room/epoch_keys.h"
#include "room/frame_operation.h"
#include "room/group_sealers.h"
#include "room/policy.h"
#include "room/presence_tracker.h"
#include "sframe/key_store.h"

namespace sotto::room {

struct GroupFrame : OpenedFrame {
  FrameSource source;
  bool lags = false;  // by over 2 s behind what its sender says it has sent: to be marked
};

class GroupFrames {
 public:
  // A new epoch's keys reach some members later than others. Where nobody was removed, I go on
  // under the keys before for this long, so that my frames wait nowhere.
  explicit GroupFrames(Policy policy = {}, Duration seal_anew_after = {})
      : policy_(policy), seal_anew_after_(seal_anew_after) {}

  void apply(FrameOperation operation, Time now);

  // False before the first epoch, and after all is gone.
  bool in_epoch() const { return members_ != nullptr; }
  // As a verified commit says; false: senders send in the clear, and everybody has been told.
  bool media_encrypted() const { return media_encrypted_; }
  // False: nothing is sealed, since nobody would hear it.
  bool may_seal() const { return in_epoch() && may_send_; }

  // Room for seal().
  Result<std::size_t> max_sealed_size(std::uint8_t context, Codec codec, std::size_t size);
  // As FrameSealer::seal; kWrongState while may_seal() is false.
  Result<std::size_t> seal(std::uint8_t context, Codec codec, bool key_frame, ByteView frame,
                           MutableBytes out);

  // Whose frame it claims to be. kUnknownKey: nobody's, or of an epoch that may still come;
  // kExpired.
  Result<FrameSource> source_of(std::uint64_t kid);
  // As FrameOpener::open. kNotFound: its sender has not been heard, or has not announced such a
  // stream, or cannot be this far: its next presence message may change that. kTooOld: of a stream
  // that was further long ago.
  Result<GroupFrame> open(Codec codec, const SealedFrame& sealed, Time now);

  // What presence says of the streams that I have sealed frames of.
  std::vector<PresenceStream> streams() const;

  void expire(Time now);

 private:
  // What I shall seal under.
  struct NextSealing {
    Time since;  // of the first epoch that I have not sealed under
    std::uint64_t epoch;
    std::uint32_t leaf_width;
    CipherSuite suite;
    mls::Bytes base_key;
  };

  struct Members {
    Members(KeyStore& keys, mls::LeafIndex me, CipherSuite suite, Policy policy)
        : own_leaf(me),
          epochs(keys, me, policy),
          opener(keys, &epochs, suite),
          presence(me, policy) {}

    mls::LeafIndex own_leaf;
    EpochKeys epochs;
    FrameOpener opener;
    PresenceTracker presence;
    std::map<mls::LeafIndex, std::uint64_t> present;  // since which epoch, as far as I know
  };

  void begin(EpochBegun begun, Time now);
  void seal_anew(Time now);
  void update_presence(const EpochBegun& begun, Time now);
  void forget();

  Policy policy_;
  Duration seal_anew_after_;
  std::optional<NextSealing> next_sealing_;
  KeyStore keys_;         // outlives membership: what has been opened stays known as replayed
  GroupSealers sealers_;  // and so no CTR comes twice
  std::unique_ptr<Members> members_;
  bool media_encrypted_ = true;
  bool may_send_ = true;
  std::array<std::optional<StreamKind>, kContexts> kinds_;
};

}  // namespace sotto::room
