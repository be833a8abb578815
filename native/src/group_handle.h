// What a sotto_group is, and what every function of one does around its own work.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "abi.h"
#include "group_media.h"
#include "os_random.h"
#include "room/session.h"
#include "sotto_group.h"
#include "state_lock.h"

struct sotto_group {
  sotto::abi::OsRandom random;  // the session holds on to it
  sotto::abi::StateLock lock;
  std::unique_ptr<sotto::room::Session> session;
  std::shared_ptr<sotto::abi::GroupMedia> media = std::make_shared<sotto::abi::GroupMedia>();
  std::int64_t latest_us = 0;
  bool started = false;
  // Memory ran out in the middle of something.
  bool broken = false;
  std::vector<sotto::room::PresenceStream> streams_told;
  std::int64_t streams_told_at = 0;

  // What the last calls pointed to.
  std::optional<sotto::room::OutgoingMessage> message;
  sotto::mls::Bytes addressees;
  std::optional<sotto::room::SessionEvent> event;
  sotto::room::LinkText text;
  std::vector<std::uint32_t> leaves;
  sotto_group_member member = {};
  std::optional<sotto::room::MemberView> view;

  ~sotto_group();
  sotto::Time at(std::int64_t now_us) {
    latest_us = std::clamp(now_us, latest_us, INT64_MAX / 2);
    return sotto::from_microseconds(latest_us);
  }
  // Keys to the frames, and how far these are to the group.
  void carry();
};

namespace sotto::abi {

// Runs `body` with the group behind a handle. A failure in the middle leaves nothing to rely on.
template <typename Body>
sotto_status with_group(sotto_group* group, Body body) noexcept {
  if (group == nullptr) return SOTTO_E_INVALID_ARGUMENT;
  if (group->broken) return SOTTO_E_WRONG_STATE;
  const sotto_status status = guarded([&]() -> Result<void> {
    const Result<void> result = body(*group);
    group->carry();
    return result;
  });
  if (status != SOTTO_E_NO_MEMORY && status != SOTTO_E_INTERNAL) return status;
  group->broken = true;
  const std::lock_guard held(group->media->mutex);
  group->media->over = true;
  return status;
}

// Likewise, for a look that changes nothing.
template <typename Body>
sotto_status look_at(const sotto_group* group, Body body) noexcept {
  if (group == nullptr) return SOTTO_E_INVALID_ARGUMENT;
  if (group->broken) return SOTTO_E_WRONG_STATE;
  return guarded([&]() -> Result<void> { return body(*group); });
}

// A text of at most `most` bytes; kInvalidArgument for NULL, or a longer one.
inline Result<std::string_view> to_text(const char* text, std::size_t most) {
  if (text == nullptr) return fail(Error::kInvalidArgument);
  const void* end = std::memchr(text, 0, most + 1);
  if (end == nullptr) return fail(Error::kInvalidArgument);
  return std::string_view(text, static_cast<const char*>(end) - text);
}

// What is always of one size: an endpoint, an identity key, a code.
template <typename Array>
Result<Array> array_at(const std::uint8_t* bytes) {
  if (bytes == nullptr) return fail(Error::kInvalidArgument);
  Array copy;
  std::copy_n(bytes, copy.size(), copy.begin());
  return copy;
}

// Into a caller's buffer; its size is written whether there is room or not.
inline Result<void> hand_out(ByteView bytes, std::uint8_t* out, std::size_t out_size,
                             std::size_t* written) {
  if (written == nullptr) return fail(Error::kInvalidArgument);
  *written = bytes.size();
  TRY(const MutableBytes room, output(out, out_size, {}));
  if (room.size() < bytes.size()) return fail(Error::kBufferTooSmall);
  std::copy(bytes.begin(), bytes.end(), room.begin());
  return {};
}

// The caller's copy of a member; `view` lives on in the group.
sotto_group_member member_of(const room::MemberView& view);

}  // namespace sotto::abi
