// Memory that runs out is an error at every single allocation: each scenario runs again and again,
// with the first, the second, ... allocation failing, until it gets through.
#include <functional>

#include "native/group_interface.h"
#include "support/counted_allocations.h"

namespace sotto {
namespace {

using test::allocations_left;

// Runs `step` with memory for 0, 1, 2, ... allocations; returns how many times it failed for lack
// of it.
int failures_until_done(const std::function<sotto_status()>& step) {
  for (int allowed = 0;; allowed++) {
    allocations_left = allowed;
    const sotto_status status = step();
    allocations_left = -1;
    if (status == SOTTO_OK) return allowed;
    EXPECT_EQ(SOTTO_E_NO_MEMORY, status) << allowed << ": " << sotto_status_name(status);
    if (status != SOTTO_E_NO_MEMORY || allowed > 10'000) return -1;
  }
}

TEST(CMemory, RunsOutAtEveryStepOfASessionWithoutHarm) {
  sotto_session* session = nullptr;
  EXPECT_GT(failures_until_done([&] {
              return sotto_session_create(kLinkSecret.data(), kLinkSecret.size(),
                                          "quiet-otter-room", 0, &session);
            }),
            0);
  const SessionHandle owner(session);
  sotto_sealer* made = nullptr;
  EXPECT_GT(failures_until_done([&] { return sotto_sealer_create(session, &made); }), 0);
  const SealerHandle sealer(made);
  const std::uint64_t kid = sotto_sealer_kid(made);
  EXPECT_GT(failures_until_done([&] { return sotto_session_announce(session, kid); }), 0);

  const Bytes frame(300, 1);
  Bytes wire(sotto_sealer_max_sealed_size(made, SOTTO_CODEC_VP8, frame.size()));
  std::size_t written = 0;
  EXPECT_EQ(0, failures_until_done([&] {
              return sotto_sealer_seal(made, SOTTO_CODEC_VP8, 1, frame.data(), frame.size(),
                                       wire.data(), wire.size(), &written);
            }))
      << "sealing needs no memory";
  Bytes out(wire.size());
  sotto_opened_frame opened = {};
  opened.struct_size = sizeof opened;
  EXPECT_GT(failures_until_done([&] {
              return sotto_session_open(session, SOTTO_CODEC_VP8, wire.data(), written, out.data(),
                                        out.size(), &opened);
            }),
            0)
      << "the first frame of a KID makes its key";
  EXPECT_EQ(frame, Bytes(opened.frame, opened.frame + opened.frame_size));
  EXPECT_GT(failures_until_done([&] { return sotto_session_withdraw(session, kid); }), -1);
}

TEST(CMemory, RunsOutAtEveryStepOfAParticipantWithoutHarm) {
  for (std::uint32_t format = SOTTO_FORMAT_SOTTO; format <= SOTTO_FORMAT_DAVE; format++) {
    const sotto_participant_options options = {sizeof options, format, 0, 0};
    sotto_participant *sending = nullptr, *receiving = nullptr;
    EXPECT_GT(failures_until_done([&] { return sotto_participant_create(&options, &sending); }), 0);
    const ParticipantHandle sender(sending);
    EXPECT_EQ(SOTTO_OK, sotto_participant_create(&options, &receiving));
    const ParticipantHandle receiver(receiving);
    const Bytes key(format == SOTTO_FORMAT_DAVE ? 16 : 32, 3);
    for (sotto_participant* each : {sending, receiving}) {
      EXPECT_GT(failures_until_done([&] {
                  return sotto_participant_set_key(each, 1, SOTTO_KEY_RAW, key.data(), key.size(),
                                                   1'000'000);
                }),
                -1);
    }
    EXPECT_GT(failures_until_done([&] { return sotto_participant_use_key(sending, 1, 1'000'000); }),
              -1);
    const Bytes frame(100, 4);
    const sotto_frame_facts facts = facts_of(SOTTO_CODEC_OPUS, false);
    const Bytes wire = seal(sender, facts, frame).wire;
    ASSERT_FALSE(wire.empty()) << format;
    Bytes out(wire.size());
    sotto_opened_frame opened = {};
    opened.struct_size = sizeof opened;
    EXPECT_GT(failures_until_done([&] {
                return sotto_participant_open(receiving, &facts, wire.data(), wire.size(),
                                              out.data(), out.size(), 1'000'000, &opened);
              }),
              -1);
    EXPECT_EQ(frame, Bytes(opened.frame, opened.frame + opened.frame_size)) << format;
  }
}

TEST(CMemory, WithoutMemoryAGroupIsNotMade) {
  GroupRoom room;
  GroupPerson& one = room.newcomer();
  const sotto_group_options options = room.options_of(one, "somebody with quite a long name");
  EXPECT_GT(failures_until_done([&] { return sotto_group_create(&options, &one.group); }), 5);
}

// At whichever step it runs out: the group is over, seals nothing, and can be ended.
TEST(CMemory, WithoutMemoryAGroupIsOver) {
  const std::uint8_t bytes[8] = {};
  std::uint8_t wire[56];
  std::size_t written = 0;
  int steps = 0;
  for (int allowed = 0;; allowed += 7, ++steps) {
    GroupRoom room;
    const auto all = fill(room, {"Ann", "Ben"});
    room.tamper = [](const GroupMessage&) { return false; };
    room.run(10);
    allocations_left = allowed;
    const sotto_status status = sotto_group_make_permanent(all[0]->group, room.now);
    allocations_left = -1;
    if (status == SOTTO_OK) break;
    ASSERT_EQ(SOTTO_E_NO_MEMORY, status) << allowed;
    EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_group_timeout(all[0]->group, room.now));
    EXPECT_EQ(SOTTO_GROUP_OVER, all[0]->state());
    EXPECT_EQ(0u, sotto_group_frames_max_sealed_size(all[0]->frames, 0, 1, 8));
    EXPECT_EQ(SOTTO_E_WRONG_STATE,
              sotto_group_frames_seal(all[0]->frames, 0, 1, 0, bytes, 8, wire, 56, &written));
  }
  EXPECT_GT(steps, 5);
}

}  // namespace
}  // namespace sotto
