// Groups: how they stand.
#include "group_handle.h"

using sotto::Error;
using sotto::fail;
using sotto::Result;
using sotto::abi::hand_out;
using sotto::abi::look_at;
using sotto::abi::with_group;

uint32_t sotto_group_state(const sotto_group* group) {
  if (group == nullptr || group->broken) return SOTTO_GROUP_OVER;
  return static_cast<uint32_t>(group->session->state());
}

uint64_t sotto_group_last_handshake(const sotto_group* group) {
  return group == nullptr || group->broken ? 0 : group->session->last_handshake();
}

sotto_status sotto_group_epoch(const sotto_group* group, uint64_t* epoch, uint32_t* leaf) {
  return look_at(group, [&](const sotto_group& it) -> Result<void> {
    if (epoch == nullptr || leaf == nullptr) return fail(Error::kInvalidArgument);
    const auto number = it.session->epoch();
    const auto own_leaf = it.session->own_leaf();
    if (!number || !own_leaf) return fail(Error::kWrongState);
    *epoch = *number;
    *leaf = own_leaf->value;
    return {};
  });
}

sotto_status sotto_group_members(const sotto_group* group, uint32_t* leaves, size_t capacity,
                                 size_t* count) {
  return look_at(group, [&](const sotto_group& it) -> Result<void> {
    if (count == nullptr || (leaves == nullptr && capacity != 0)) {
      return fail(Error::kInvalidArgument);
    }
    const auto members = it.session->members(sotto::from_microseconds(it.latest_us));
    *count = members.size();
    if (members.size() > capacity) return fail(Error::kBufferTooSmall);
    for (const sotto::room::MemberView& member : members) *leaves++ = member.leaf.value;
    return {};
  });
}

sotto_status sotto_group_find_member(sotto_group* group, uint32_t leaf, int64_t now_us,
                                     sotto_group_member* member) {
  return with_group(group, [&](sotto_group& it) -> Result<void> {
    TRY_VOID(sotto::abi::check_size(member));
    for (sotto::room::MemberView& one : it.session->members(it.at(now_us))) {
      if (one.leaf.value != leaf) continue;
      it.view = std::move(one);
      sotto::abi::give(sotto::abi::member_of(*it.view), member);
      return {};
    }
    return fail(Error::kNotFound);
  });
}

sotto_status sotto_group_fingerprint(const sotto_group* group, uint32_t leaf, char* out,
                                     size_t out_size, size_t* written) {
  return look_at(group, [&](const sotto_group& it) -> Result<void> {
    if (written == nullptr) return fail(Error::kInvalidArgument);
    *written = 0;
    const std::string digits = it.session->fingerprint_of({leaf});
    if (digits.empty()) return fail(Error::kNotFound);
    const sotto::ByteView with_end(reinterpret_cast<const uint8_t*>(digits.c_str()),
                                   digits.size() + 1);
    const auto given = hand_out(with_end, reinterpret_cast<uint8_t*>(out), out_size, written);
    *written = digits.size();
    return given;
  });
}

sotto_status sotto_group_agreement(const sotto_group* group, uint8_t* out, size_t out_size) {
  return look_at(group, [&](const sotto_group& it) -> Result<void> {
    if (out == nullptr || out_size != SOTTO_GROUP_AGREEMENT_SIZE) {
      return fail(Error::kInvalidArgument);
    }
    const auto agreement = it.session->agreement();
    if (agreement.size() != out_size) return fail(Error::kWrongState);
    std::copy(agreement.begin(), agreement.end(), out);
    return {};
  });
}
