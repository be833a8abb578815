// The sending half of group keys: a sealer for each of my contexts in the current epoch (security
// profile, section 8). A stream's CTR goes on across epochs, so that it never comes twice and what
// presence says of it holds in all of them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "e2ee/frame_sealer.h"
#include "mls/bytes.h"
#include "room/epoch_keys.h"
#include "room/group_kid.h"

namespace sotto::room {

class GroupSealers {
 public:
  // Frames are sealed under this epoch from now on; the keys of the one before are wiped.
  void begin_epoch(std::uint64_t epoch, std::uint32_t leaf_width, mls::LeafIndex own_leaf,
                   CipherSuite suite, mls::Bytes base_key);

  // No epoch is mine any more: keys are wiped, CTRs stay.
  void end();

  // The sealer of a context, 0 to 15, valid until the next epoch. kWrongState before the first
  // epoch, kInvalidArgument for another context, kUnsupported for an unknown suite.
  Result<FrameSealer*> sealer(std::uint8_t context);

  // How many frames of this context have been sealed, in all epochs: what presence calls ctr_high.
  std::uint64_t next_ctr(std::uint8_t context) const;

 private:
  struct Stream {
    std::uint64_t next_ctr = 0;
    std::optional<FrameSealer> sealer;
  };

  bool started_ = false;
  std::uint64_t epoch_ = 0;
  unsigned leaf_bits_ = 0;
  mls::LeafIndex own_leaf_;
  CipherSuite suite_ = kSottoSuite;
  mls::Bytes base_key_;
  std::array<Stream, kContexts> streams_;
};

}  // namespace sotto::room
