#include "room/group_sealers.h"

namespace sotto::room {

void GroupSealers::begin_epoch(std::uint64_t epoch, std::uint32_t leaf_width,
                               mls::LeafIndex own_leaf, CipherSuite suite, mls::Bytes base_key) {
  end();
  started_ = true;
  epoch_ = epoch;
  leaf_bits_ = leaf_bits_of(leaf_width);
  own_leaf_ = own_leaf;
  suite_ = suite;
  base_key_ = std::move(base_key);
}

void GroupSealers::end() {
  for (Stream& stream : streams_) {
    if (stream.sealer) stream.next_ctr = stream.sealer->next_ctr();
    stream.sealer.reset();
  }
  started_ = false;
  base_key_ = {};
}

Result<FrameSealer*> GroupSealers::sealer(std::uint8_t context) {
  if (!started_) return fail(Error::kWrongState);
  if (context >= kContexts) return fail(Error::kInvalidArgument);
  Stream& stream = streams_[context];
  if (!stream.sealer) {
    const GroupKid kid{context, own_leaf_, static_cast<std::uint8_t>(epoch_)};
    TRY(FrameSealer && sealer,
        FrameSealer::create(kid.kid(leaf_bits_), base_key_, suite_, stream.next_ctr));
    stream.sealer.emplace(std::move(sealer));
  }
  return &*stream.sealer;
}

std::uint64_t GroupSealers::next_ctr(std::uint8_t context) const {
  if (context >= kContexts) return 0;
  const Stream& stream = streams_[context];
  return stream.sealer ? stream.sealer->next_ctr() : stream.next_ctr;
}

}  // namespace sotto::room
