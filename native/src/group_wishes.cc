// Groups: what a person wants.
#include "group_handle.h"

using sotto::Error;
using sotto::fail;
using sotto::Result;
using sotto::Time;
using sotto::abi::array_at;
using sotto::abi::with_group;
using sotto::mls::LeafIndex;
using sotto::room::Endpoint;
using sotto::room::IdentityKey;
using sotto::room::Session;
using sotto::room::ShortCode;

namespace {

constexpr std::size_t kLongestText = 1 << 16;
constexpr std::size_t kLongestBytes = 1 << 16;
constexpr std::uint32_t kAllMarks = SOTTO_GROUP_PUBLISHES | SOTTO_GROUP_MICROPHONE_MUTED |
                                    SOTTO_GROUP_CAMERA_OFF | SOTTO_GROUP_HAND_RAISED;

static_assert(SOTTO_GROUP_CODE_SIZE == sizeof(sotto::room::ShortCode));

// Runs `step` with the session and the time.
template <typename Step>
sotto_status wish(sotto_group* group, std::int64_t now_us, Step step) {
  return with_group(
      group, [&](sotto_group& it) -> Result<void> { return step(*it.session, it.at(now_us)); });
}

// Where a person sits by now; kNotFound, from whoever is asked about it, when nowhere.
LeafIndex leaf_of(const Session& session, Time now, const IdentityKey& who) {
  for (const auto& member : session.members(now)) {
    if (member.identity_key == who) return member.leaf;
  }
  return {UINT32_MAX};
}

}  // namespace

sotto_status sotto_group_say(sotto_group* group, const char* text, int64_t now_us,
                             uint32_t* number) {
  return wish(group, now_us, [&](Session& session, Time now) -> Result<void> {
    if (number == nullptr) return fail(Error::kInvalidArgument);
    *number = 0;
    TRY(const std::string_view words, sotto::abi::to_text(text, kLongestText));
    TRY(*number, session.say(now, std::string(words)));
    return {};
  });
}

sotto_status sotto_group_react(sotto_group* group, const char* reaction, int64_t now_us) {
  return wish(group, now_us, [&](Session& session, Time now) -> Result<void> {
    TRY(const std::string_view words, sotto::abi::to_text(reaction, kLongestText));
    return session.react(now, words);
  });
}

sotto_status sotto_group_send_direct_call(sotto_group* group, const uint8_t* bytes, size_t size,
                                          int64_t now_us) {
  return wish(group, now_us, [&](Session& session, Time now) -> Result<void> {
    TRY(const sotto::ByteView message, sotto::abi::input(bytes, size));
    if (message.size() > kLongestBytes) return fail(Error::kTooLarge);
    return session.send_direct_call(now, message);
  });
}

sotto_status sotto_group_set_marks(sotto_group* group, uint32_t marks, int64_t now_us) {
  return wish(group, now_us, [&](Session& session, Time now) -> Result<void> {
    if ((marks & ~kAllMarks) != 0) return fail(Error::kInvalidArgument);
    session.set_marks(
        now, {(marks & SOTTO_GROUP_PUBLISHES) != 0, (marks & SOTTO_GROUP_MICROPHONE_MUTED) != 0,
              (marks & SOTTO_GROUP_CAMERA_OFF) != 0, (marks & SOTTO_GROUP_HAND_RAISED) != 0});
    return {};
  });
}

sotto_status sotto_group_leave(sotto_group* group, int64_t now_us) {
  return wish(group, now_us, [&](Session& session, Time now) -> Result<void> {
    session.leave(now);
    return {};
  });
}

sotto_status sotto_group_update(sotto_group* group, int64_t now_us) {
  return wish(group, now_us, [&](Session& session, Time now) { return session.update(now); });
}

sotto_status sotto_group_kick(sotto_group* group, const uint8_t* identity_key, uint32_t ban,
                              int64_t now_us) {
  return wish(group, now_us, [&](Session& session, Time now) -> Result<void> {
    TRY(const IdentityKey who, array_at<IdentityKey>(identity_key));
    TRY(const bool for_good, sotto::abi::flag(ban));
    return session.kick(now, leaf_of(session, now, who), for_good, &who);
  });
}

sotto_status sotto_group_set_join_policy(sotto_group* group, uint32_t join_policy, int64_t now_us) {
  return wish(group, now_us, [&](Session& session, Time now) -> Result<void> {
    if (join_policy > SOTTO_GROUP_LOCKED) return fail(Error::kInvalidArgument);
    return session.set_join_policy(now, static_cast<sotto::room::JoinPolicy>(join_policy));
  });
}

sotto_status sotto_group_encrypt_media(sotto_group* group, uint32_t encrypted, int64_t now_us) {
  return wish(group, now_us, [&](Session& session, Time now) -> Result<void> {
    TRY(const bool on, sotto::abi::flag(encrypted));
    return session.set_media_encrypted(now, on);
  });
}

sotto_status sotto_group_make_permanent(sotto_group* group, int64_t now_us) {
  return wish(group, now_us,
              [&](Session& session, Time now) { return session.make_permanent(now); });
}

sotto_status sotto_group_make_moderator(sotto_group* group, const uint8_t* identity_key,
                                        int64_t now_us) {
  return wish(group, now_us, [&](Session& session, Time now) -> Result<void> {
    TRY(const IdentityKey who, array_at<IdentityKey>(identity_key));
    return session.make_moderator(now, leaf_of(session, now, who), &who);
  });
}

sotto_status sotto_group_admit(sotto_group* group, const uint8_t* endpoint, int64_t now_us) {
  return wish(group, now_us, [&](Session& session, Time now) -> Result<void> {
    TRY(const Endpoint who, array_at<Endpoint>(endpoint));
    return session.admit(now, who);
  });
}

sotto_status sotto_group_turn_away(sotto_group* group, const uint8_t* endpoint, int64_t now_us) {
  return wish(group, now_us, [&](Session& session, Time now) -> Result<void> {
    TRY(const Endpoint who, array_at<Endpoint>(endpoint));
    session.turn_away(now, who);
    return {};
  });
}

sotto_status sotto_group_start_code(sotto_group* group, int64_t now_us) {
  return wish(group, now_us, [&](Session& session, Time now) { return session.start_code(now); });
}

sotto_status sotto_group_confirm_code(sotto_group* group, const uint8_t* code, int64_t now_us) {
  return wish(group, now_us, [&](Session& session, Time now) -> Result<void> {
    TRY(const ShortCode shown, array_at<ShortCode>(code));
    return session.confirm_code(now, shown);
  });
}

sotto_status sotto_group_confirm_fingerprint(sotto_group* group, uint32_t leaf,
                                             const uint8_t* identity_key, int64_t now_us) {
  return wish(group, now_us, [&](Session& session, Time now) -> Result<void> {
    TRY(const IdentityKey shown, array_at<IdentityKey>(identity_key));
    return session.confirm_fingerprint(now, {leaf}, shown);
  });
}

sotto_status sotto_group_accept_change(sotto_group* group, uint32_t leaf,
                                       const uint8_t* identity_key, int64_t now_us) {
  return wish(group, now_us, [&](Session& session, Time now) -> Result<void> {
    TRY(const IdentityKey shown, array_at<IdentityKey>(identity_key));
    return session.accept_change(now, {leaf}, shown);
  });
}
