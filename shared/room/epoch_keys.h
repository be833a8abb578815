// The receiving half of group keys: which epochs' frames still open (security profile, sections 7
// and 8). Beside LinkKeyProvider another source for the KeyStore, and the one who says when its
// keys go:
//
//   an epoch that another one follows    10 s later, and of more than 64 the oldest
//   after a Remove                       all before it 2 s later, the removed leaf's at once
//   a sender's older epochs              1 s after its first frame under a newer one
//
// Keys are derived when a frame names them, for leaves that were occupied in their epoch alone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/time.h"
#include "e2ee/key_provider.h"
#include "mls/bytes.h"
#include "room/group_kid.h"
#include "room/policy.h"
#include "sframe/cipher_suite.h"
#include "sframe/key_store.h"

namespace sotto::room {

// base_key = MLS-Exporter(kBaseKeyLabel, "", Nk)   (RFC 9605 section 5.2)
inline constexpr std::string_view kBaseKeyLabel = "SFrame 1.0 Base Key";

struct EpochSecrets {
  std::uint64_t epoch = 0;
  std::uint32_t leaf_width = 1;
  mls::Bytes base_key;
  std::vector<mls::LeafIndex> members;
};

// Who sealed a frame: a leaf in an epoch, since leaves change hands.
struct FrameSource {
  std::uint64_t epoch = 0;
  mls::LeafIndex leaf;
  std::uint8_t context = 0;
};

class EpochKeys : public KeyProvider {
 public:
  static constexpr Duration kKeep = std::chrono::seconds(10);
  static constexpr Duration kKeepAfterRemove = std::chrono::seconds(2);
  static constexpr Duration kKeepAfterNewer = std::chrono::seconds(1);
  static constexpr std::size_t kMaxEpochs = 64;
  // A KID that lies this far ahead may be of an epoch that is not here yet.
  static constexpr std::uint8_t kMaxAhead = 16;

  // `keys` must outlive this, and holds keys of nobody else. Frames of my own leaf never open.
  EpochKeys(KeyStore& keys, mls::LeafIndex own_leaf, Policy policy = {})
      : keys_(keys), own_leaf_(own_leaf), policy_(policy) {}

  // `removed` are the leaves that the commit removed, also those that somebody took over at once.
  // Epochs come in order.
  void begin_epoch(EpochSecrets secrets, const std::vector<mls::LeafIndex>& removed, Time now);

  // kUnknownKey for KIDs of nobody, or of an epoch that may still come (`may_come`); kExpired for
  // epochs that are gone. The suite's base keys are 32 bytes, else kUnsupported.
  Result<Secret<32>> key_for(std::uint64_t kid) override;

  // A frame under this KID was authentic.
  void opened(std::uint64_t kid, Time now);

  // Whose frames a KID's would be; nothing when no epoch that is kept has it.
  std::optional<FrameSource> source_of(std::uint64_t kid) const;
  // Whether a frame that found no key should wait for its epoch.
  bool may_come(std::uint64_t kid) const;

  // Retires what is due.
  void expire(Time now);
  std::optional<Time> next_expiry() const;

  std::size_t epochs() const { return epochs_.size(); }

 private:
  struct Epoch {
    EpochSecrets secrets;
    unsigned leaf_bits = 0;
    std::vector<bool> occupied;
    std::vector<bool> retired;  // was occupied
    std::optional<Time> ends;
    std::map<mls::LeafIndex, Time> leaf_ends;
  };

  const Epoch* epoch_of(std::uint64_t kid) const;
  void drop_leaf(Epoch& epoch, mls::LeafIndex leaf);
  void drop_oldest();

  KeyStore& keys_;
  mls::LeafIndex own_leaf_;
  Policy policy_;
  std::vector<Epoch> epochs_;                         // oldest first; the last is the current one
  std::map<mls::LeafIndex, std::uint64_t> heard_in_;  // the newest epoch of each leaf's frames
};

}  // namespace sotto::room
