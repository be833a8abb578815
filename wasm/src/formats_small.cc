// The formats of sotto.wasm: Sotto's own alone. sotto-formats.wasm links compat/formats.cc instead.
#include "compat/formats.h"
#include "e2ee/sender_keys.h"

namespace sotto {

Result<std::unique_ptr<Participant>> make_participant(FrameFormat format,
                                                      const ParticipantOptions& options,
                                                      RandomSource& random) {
  if (format != FrameFormat::kSotto) return fail(Error::kUnsupported);
  return make_sotto_participant(options.suite, random);
}

}  // namespace sotto
