#include "compat/formats.h"

#include "compat/dave.h"
#include "compat/jframe.h"
#include "compat/livekit.h"
#include "e2ee/sender_keys.h"

namespace sotto {

Result<std::unique_ptr<Participant>> make_participant(FrameFormat format,
                                                      const ParticipantOptions& options,
                                                      RandomSource& random) {
  switch (format) {
    case FrameFormat::kLiveKit:
      return make_livekit_participant(options.key_256, random);
    case FrameFormat::kJFrame:
      return make_jframe_participant(random);
    case FrameFormat::kDave:
      return make_dave_participant();
    case FrameFormat::kSotto:
      return make_sotto_participant(options.suite, random);
  }
  return fail(Error::kUnsupported);
}

}  // namespace sotto
