// Attacks on how frames are sealed, and on those that wait for their keys (security profile,
// sections 7 and 8). What a rule of them prevents is built beside the real thing, from its parts.
#include "base/byte_reader.h"
#include "room/group_sealers.h"
#include "room/waiting_frames.h"
#include "shared/room/live_attack.h"

namespace sotto::room {
namespace {

using namespace test;

struct Sealed {
  std::uint64_t ctr = 0;
  Wire ciphertext;  // and tag
};

Sealed seal(GroupSealers& sealers, const Wire& plain) {
  FrameSealer& sealer = **sealers.sealer(1);
  Wire out(sealer.max_sealed_size(Codec::kOpus, plain.size()));
  out.resize(*sealer.seal(Codec::kOpus, false, plain, out));
  ByteReader reader(out);
  Sealed sealed;
  sealed.ctr = decode_header(reader)->ctr;
  const ByteView rest = reader.rest();
  sealed.ciphertext.assign(rest.begin(), rest.end());
  return sealed;
}

// What the bridge can do with two frames under one key and nonce: the plain bytes of the one show
// those of the other. The first byte is the profile's own.
bool shows(const Sealed& low, const Sealed& high, const Wire& known, const Wire& secret) {
  for (std::size_t i = 0; i < secret.size(); ++i) {
    const auto read = low.ciphertext.at(1 + i) ^ high.ciphertext.at(1 + i) ^ known.at(i);
    if (read != secret.at(i)) return false;
  }
  return true;
}

// A camera's two layers, the lower of which the bridge knows: it is black.
TEST(FrameAttacks, OneLayerOfAPictureDoesNotShowTheOther) {
  const Wire black(40, 0), face(40, 0x5a);
  const auto begin = [](GroupSealers& sealers) {
    sealers.begin_epoch(7, 8, {5}, kSottoSuite, mls::Bytes(32, 1));
  };
  GroupSealers one_for_low, one_for_high, real;
  for (GroupSealers* sealers : {&one_for_low, &one_for_high, &real}) begin(*sealers);
  const Sealed low = seal(one_for_low, black), high = seal(one_for_high, face);
  EXPECT_EQ(low.ctr, high.ctr);
  EXPECT_TRUE(shows(low, high, black, face)) << "each layer counts for itself";

  const Sealed real_low = seal(real, black), real_high = seal(real, face);
  EXPECT_NE(real_low.ctr, real_high.ctr);
  EXPECT_FALSE(shows(real_low, real_high, black, face));
}

// The same epoch is begun a second time, as after a lost connection: to count from zero again would
// show what was said before.
TEST(FrameAttacks, WhatIsSaidAgainInAnEpochDoesNotShowWhatWasSaidBefore) {
  const Wire before(40, 0x11), after(40, 0x22);
  const auto begin = [](GroupSealers& sealers) {
    sealers.begin_epoch(7, 8, {5}, kSottoSuite, mls::Bytes(32, 1));
  };
  GroupSealers real, new_ones;
  begin(real);
  const Sealed first = seal(real, before);
  begin(new_ones);
  EXPECT_TRUE(shows(first, seal(new_ones, after), before, after)) << "counting from zero";
  real.end();
  begin(real);
  EXPECT_FALSE(shows(first, seal(real, after), before, after));
}

// The bridge hands Ann's sound on as a picture. Keys alone would open it, and noise would be shown.
TEST(FrameAttacks, SoundIsNotShownAsAPicture) {
  RoomNetwork room(1);
  auto all = fill(room, 2);
  Participant &ann = *all[0], &ben = *all[1];
  (void)speak(room, ann);
  room.run(seconds(3));
  const auto wire = speak(room, ann);
  Wire out(wire->size());
  const SealedFrame sound = *find_sealed_frame(Codec::kOpus, *wire, out);

  KeyStore keys;
  EpochKeys epochs(keys, leaf_of(ben));
  epochs.begin_epoch(ben.last_epoch()->secrets, {}, room.now());
  ASSERT_TRUE(keys.put(sound.header.kid, kSottoSuite, epochs.key_for(sound.header.kid)->view()));
  ASSERT_TRUE(keys.decrypt(sound.header, sound.header_size, kFrameMetadata, sound.blob, sound.room))
      << "without a look at what it says that it is";

  const std::string before = state_of(ben, room.now());
  EXPECT_EQ(ben.frames->open(Codec::kVp8, sound, room.now()).error(), Error::kWrongState);
  EXPECT_EQ(state_of(ben, room.now()), before);
  EXPECT_TRUE(hear(room, ben, *speak(room, ann))) << "the next one plays";
}

// The bridge brings Ann's frames of a new epoch at once, and its commit three seconds later: what
// has waited that long is not shown as if it were said now.
TEST(FrameAttacks, WhatHasWaitedForItsKeysForLongIsNotShown) {
  for (const bool with_rule : {false, true}) {
    SCOPED_TRACE(with_rule);
    RoomNetwork room(2);
    auto all = fill(room, 2);
    Participant &ann = *all[0], &ben = *all[1];
    (void)speak(room, ann);
    room.run(seconds(3));
    bool held = true;
    std::vector<Delivery> commits;
    room.tamper = [&](Delivery& delivery) {
      if (!held || delivery.kind != MessageKind::kHandshake || delivery.receiver != ben.endpoint) {
        return true;
      }
      commits.push_back(delivery);
      return false;
    };
    commit_as(room, ann, {});
    room.run(milliseconds(100));
    const auto wire = speak(room, ann);
    EXPECT_EQ(hear(room, ben, *wire).error(), Error::kUnknownKey);
    WaitingFrames waiting;
    ASSERT_TRUE(waiting.hold(0, *wire, room.now()));
    const Time since = room.now();
    room.run(seconds(3));
    held = false;
    ASSERT_EQ(commits.size(), 1u);
    room.inject(commits[0]);
    room.run(milliseconds(100));
    // Without the rule a frame is as new when it is taken as it was when it came.
    const auto taken = waiting.take(with_rule ? room.now() : since);
    EXPECT_EQ(taken.size(), with_rule ? 0u : 1u);
    for (const WaitingFrame& frame : taken) EXPECT_TRUE(hear(room, ben, frame.frame));
  }
}

}  // namespace
}  // namespace sotto::room
