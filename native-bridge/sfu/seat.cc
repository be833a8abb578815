#include "sfu/seat.h"

namespace sotto::bridge {

OutPayloads match_codecs(const Track& track, const std::vector<TrackCodec>& accepted) {
  OutPayloads payloads{};
  for (std::size_t i = 0; i < track.codecs().size(); ++i) {
    for (const TrackCodec& candidate : accepted) {
      const TrackCodec& codec = track.codecs()[i];
      if (candidate.codec != codec.codec || candidate.profile != codec.profile) continue;
      payloads[i] = {candidate.payload_type,
                     candidate.rtx_payload_type.value_or(OutPayload::kNone)};
      break;
    }
  }
  return payloads;
}

}  // namespace sotto::bridge
