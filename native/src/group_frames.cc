// Frames under a group's keys.
#include "e2ee/sealed_frame.h"
#include "group_handle.h"

namespace sotto::abi {
namespace {

// Runs `body` with the frames of a group, alone.
template <typename Body>
sotto_status with_media(sotto_group_frames* frames, Body body) {
  return guarded([&]() -> Result<void> {
    if (frames == nullptr) return fail(Error::kInvalidArgument);
    const std::lock_guard held(frames->media->mutex);
    return body(*frames->media);
  });
}

Result<std::uint8_t> to_context(std::uint32_t number) {
  if (number >= room::kContexts) return fail(Error::kInvalidArgument);
  return static_cast<std::uint8_t>(number);
}

bool may_wait(Error error) {
  return error == Error::kUnknownKey || error == Error::kNotFound;
}

Result<sotto_group_frame> open(GroupMedia& media, std::uint64_t stream, Codec codec, ByteView wire,
                               MutableBytes out, Time now) {
  TRY(const SealedFrame sealed, find_sealed_frame(codec, wire, out));
  TRY(const room::GroupFrame opened, media.frames.open(codec, sealed, now));
  sotto_group_frame given = {};
  given.key_frame = opened.info.key_frame ? 1 : 0;
  given.leaf = opened.source.leaf.value;
  given.context = opened.source.context;
  given.epoch = opened.source.epoch;
  given.counter = opened.ctr;
  given.stream = stream;
  given.frame = opened.frame.data();
  given.frame_size = opened.frame.size();
  given.lags = opened.lags ? 1 : 0;
  return given;
}

void hold(GroupMedia& media, std::uint64_t stream, Codec codec, ByteView wire, Time now) {
  std::vector<std::uint8_t> kept{static_cast<std::uint8_t>(codec)};
  kept.insert(kept.end(), wire.begin(), wire.end());
  media.waiting.expire(now);
  media.waiting.hold(stream, kept, now);
}

// What waits is tried once for all that is new.
void gather(GroupMedia& media, Time now) {
  if (!media.news) return;
  media.news = false;
  for (room::WaitingFrame& frame : media.waiting.take(now)) media.again.push_back(std::move(frame));
}

Result<void> poll(GroupMedia& media, MutableBytes out, Time now, std::size_t* needed,
                  sotto_group_frame* opened) {
  gather(media, now);
  while (!media.again.empty()) {
    room::WaitingFrame& first = media.again.front();
    const ByteView wire = ByteView(first.frame).subspan(1);
    if (first.since + room::WaitingFrames::kLongest <= now) {
      media.again.pop_front();
      continue;
    }
    *needed = wire.size();
    if (out.size() < wire.size()) return fail(Error::kBufferTooSmall);
    const auto given = open(media, first.slot, static_cast<Codec>(first.frame[0]), wire, out, now);
    if (!given && may_wait(given.error())) media.waiting.hold_again(std::move(first));
    media.again.pop_front();
    if (!given) continue;
    give(*given, opened);
    return {};
  }
  *needed = 0;
  return fail(Error::kNotFound);
}

}  // namespace
}  // namespace sotto::abi

using sotto::ByteView;
using sotto::Error;
using sotto::fail;
using sotto::MutableBytes;
using sotto::Result;
using sotto::Time;
using sotto::abi::GroupMedia;
using sotto::abi::with_media;

sotto_status sotto_group_frames_create(sotto_group* group, sotto_group_frames** frames) {
  return sotto::abi::guarded([&]() -> Result<void> {
    if (frames == nullptr) return fail(Error::kInvalidArgument);
    *frames = nullptr;
    if (group == nullptr) return fail(Error::kInvalidArgument);
    *frames = new sotto_group_frames{group->media};
    return {};
  });
}

void sotto_group_frames_destroy(sotto_group_frames* frames) {
  delete frames;
}

uint32_t sotto_group_frames_encrypted(const sotto_group_frames* frames) {
  if (frames == nullptr) return 1;
  const std::lock_guard held(frames->media->mutex);
  const GroupMedia& media = *frames->media;
  return media.over || !media.frames.in_epoch() || media.frames.media_encrypted() ? 1 : 0;
}

size_t sotto_group_frames_max_sealed_size(const sotto_group_frames* frames, uint32_t context,
                                          uint32_t codec, size_t plain_size) {
  const auto known = sotto::abi::to_codec(codec);
  if (frames == nullptr || !known || plain_size > SOTTO_MAX_FRAME_SIZE ||
      context >= sotto::room::kContexts) {
    return 0;
  }
  std::size_t size = 0;
  const sotto_status status = sotto::abi::guarded([&]() -> Result<void> {
    const std::lock_guard held(frames->media->mutex);
    if (frames->media->over) return fail(Error::kWrongState);
    const auto number = static_cast<std::uint8_t>(context);
    TRY(size, frames->media->frames.max_sealed_size(number, *known, plain_size));
    return {};
  });
  return status == SOTTO_OK ? size : 0;
}

sotto_status sotto_group_frames_seal(sotto_group_frames* frames, uint32_t context, uint32_t codec,
                                     uint32_t key_frame, const uint8_t* frame, size_t frame_size,
                                     uint8_t* out, size_t out_size, size_t* written) {
  return with_media(frames, [&](GroupMedia& media) -> Result<void> {
    if (written == nullptr) return fail(Error::kInvalidArgument);
    *written = 0;
    TRY(const std::uint8_t number, sotto::abi::to_context(context));
    TRY(const sotto::Codec known, sotto::abi::to_codec(codec));
    TRY(const bool is_key, sotto::abi::flag(key_frame));
    TRY(const ByteView plain, sotto::abi::plain_frame(frame, frame_size));
    const auto size = [&]() -> Result<std::size_t> {
      if (media.over) return fail(Error::kWrongState);
      return media.frames.max_sealed_size(number, known, plain.size());
    };
    return sotto::abi::fill(plain, out, out_size, written, size, [&](MutableBytes room) {
      return media.frames.seal(number, known, is_key, plain, room);
    });
  });
}

sotto_status sotto_group_frames_open(sotto_group_frames* frames, uint64_t stream, uint32_t codec,
                                     const uint8_t* wire, size_t wire_size, uint8_t* out,
                                     size_t out_size, int64_t now_us, sotto_group_frame* opened) {
  return with_media(frames, [&](GroupMedia& media) -> Result<void> {
    TRY_VOID(sotto::abi::check_size(opened));
    TRY(const sotto::Codec known, sotto::abi::to_codec(codec));
    TRY(const ByteView source, sotto::abi::input(wire, wire_size));
    TRY(const MutableBytes room, sotto::abi::output(out, out_size, source));
    if (source.size() > 2 * SOTTO_MAX_FRAME_SIZE) return fail(Error::kTooLarge);
    if (room.size() < source.size()) return fail(Error::kBufferTooSmall);
    if (media.over) return fail(Error::kUnknownKey);
    const Time now = media.at(now_us);
    const auto given = sotto::abi::open(media, stream, known, source, room, now);
    if (!given) {
      if (sotto::abi::may_wait(given.error())) {
        sotto::abi::hold(media, stream, known, source, now);
      }
      return fail(given.error());
    }
    sotto::abi::give(*given, opened);
    return {};
  });
}

sotto_status sotto_group_frames_poll(sotto_group_frames* frames, uint8_t* out, size_t out_size,
                                     int64_t now_us, size_t* needed, sotto_group_frame* opened) {
  return with_media(frames, [&](GroupMedia& media) -> Result<void> {
    TRY_VOID(sotto::abi::check_size(opened));
    if (needed == nullptr) return fail(Error::kInvalidArgument);
    *needed = 0;
    TRY(const MutableBytes room, sotto::abi::output(out, out_size, {}));
    return sotto::abi::poll(media, room, media.at(now_us), needed, opened);
  });
}

sotto_status sotto_group_frames_expire(sotto_group_frames* frames, int64_t now_us) {
  return with_media(frames, [&](GroupMedia& media) -> Result<void> {
    const Time now = media.at(now_us);
    media.frames.expire(now);
    media.waiting.expire(now);
    return {};
  });
}
