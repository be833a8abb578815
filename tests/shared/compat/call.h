// A sender and a receiver of one format that hold the same key, and frames between them.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "compat/formats.h"
#include "shared/seeded_random.h"

namespace sotto {

using Frame = std::vector<std::uint8_t>;

inline Time at_second(int seconds) {
  return Time(std::chrono::seconds(seconds));
}

inline std::unique_ptr<Participant> participant(FrameFormat format, RandomSource& random,
                                                const ParticipantOptions& options = {}) {
  auto made = make_participant(format, options, random);
  EXPECT_TRUE(made);
  return *std::move(made);
}

inline FrameFacts facts(Codec codec, std::uint32_t timestamp, std::uint32_t ssrc = 77) {
  return {.codec = codec, .ssrc = ssrc, .rtp_timestamp = timestamp};
}

// An opened frame, or the error's name.
struct Opened {
  Frame frame;
  OpenedMedia media;
  std::string error;

  bool ok() const { return error.empty(); }
};

inline Result<Frame> seal(Participant& sender, const FrameFacts& facts, ByteView frame) {
  Frame out(sender.max_sealed_size(facts.codec, frame.size()));
  auto size = sender.seal(facts, frame, out);
  if (!size) return fail(size.error());
  out.resize(*size);
  return out;
}

inline Opened open(Participant& receiver, const FrameFacts& facts, ByteView wire,
                   Time now = at_second(1)) {
  Frame out(wire.size(), 0xcc);
  auto opened = receiver.open(facts, wire, out, now);
  if (!opened) return {.frame = {}, .media = {}, .error = std::string(name(opened.error()))};
  return {.frame = {opened->frame.begin(), opened->frame.end()}, .media = *opened, .error = {}};
}

}  // namespace sotto
