// Groups: what has happened, as one flat struct. The strings that it points to live in the group.
#include "group_handle.h"
#include "room/short_code.h"

namespace sotto::abi {
namespace {

using room::SessionEvent;

static_assert(SOTTO_GROUP_ANSWERED == std::variant_size_v<SessionEvent>);
static_assert(SOTTO_GROUP_ROOM_LOCKED == static_cast<int>(room::Answer::kLocked));
static_assert(SOTTO_GROUP_RESTORING == static_cast<int>(room::SessionState::kRestoring));
static_assert(SOTTO_GROUP_OVER == static_cast<int>(room::SessionState::kOver));
static_assert(SOTTO_GROUP_UNREACHABLE == static_cast<int>(room::Reachability::kUnreachable));
static_assert(SOTTO_GROUP_CHANGED == static_cast<int>(room::Standing::kChanged));
static_assert(SOTTO_GROUP_LOCKED == static_cast<int>(room::JoinPolicy::kLocked));

// Fills in what one event has. `group` keeps what has no place of its own in the event.
struct Filler {
  sotto_group& group;
  sotto_group_event& out;

  void name(const std::string& value) {
    out.name = value.c_str();
    out.name_size = value.size();
  }
  void text(std::string_view value) {
    group.text.assign(value.begin(), value.end());
    out.text = group.text.c_str();
    out.text_size = group.text.size();
  }

  void operator()(const room::StateChanged& event) {
    out.value = static_cast<std::uint32_t>(event.state);
  }
  void operator()(const room::Ended& event) {
    out.value = static_cast<std::uint32_t>(event.reason);
  }
  void operator()(const room::MemberChanged& event) {
    group.member = member_of(event.member);
    group.member.struct_size = sizeof group.member;
    out.leaf = event.member.leaf.value;
    out.member = &group.member;
  }
  void operator()(const room::MemberGone& event) {
    out.leaf = event.leaf.value;
    out.by = event.by.value;
    out.value = static_cast<std::uint32_t>(event.reason);
    name(event.name);
  }
  void operator()(const room::RemovalsPending& event) {
    std::string lines;
    for (const std::string& one : event.names) lines += one + '\n';
    text(lines);
  }
  void operator()(const room::ChatReceived& event) {
    out.leaf = event.entry.sender.value;
    out.number = event.entry.seq;
    out.value = event.entry.missing;
    out.flags = event.entry.refers_to_unseen ? 1 : 0;
    name(event.name);
    text(event.entry.text);
  }
  void operator()(const room::ChatDelivered& event) { out.number = event.seq; }
  void operator()(const room::ReactionReceived& event) {
    out.leaf = event.leaf.value;
    text(event.reaction);
  }
  void operator()(const room::DirectCallReceived& event) {
    out.leaf = event.leaf.value;
    out.bytes = event.message.data();
    out.bytes_size = event.message.size();
  }
  void operator()(const room::LinkChanged& event) {
    out.number = event.gen;
    text({event.fragment.data(), event.fragment.size()});
  }
  void operator()(const room::RoomChanged& event) {
    out.value = static_cast<std::uint32_t>(event.join_policy);
    out.flags = (event.media_encrypted ? 1u : 0u) | (event.e2ee_permanent ? 2u : 0u) |
                (event.i_am_moderator ? 4u : 0u) | (event.by ? 8u : 0u);
    if (event.by) out.by = event.by->value;
  }
  void operator()(const room::JoinRequested& event) {
    out.endpoint = event.endpoint.data();
    out.identity_key = event.identity_key.data();
    out.value = static_cast<std::uint32_t>(event.standing);
    name(event.name);
  }
  void operator()(const room::JoinWithdrawn& event) { out.endpoint = event.endpoint.data(); }
  void operator()(const room::CodeShown& event) {
    std::string lines;
    for (const std::uint8_t symbol : event.code) {
      const room::CodeSymbol shown = room::code_symbol(symbol);
      lines.append(shown.emoji).append(" ").append(shown.word).append("\n");
    }
    text(lines);
    out.bytes = event.code.data();
    out.bytes_size = event.code.size();
    for (const mls::LeafIndex leaf : event.participants) group.leaves.push_back(leaf.value);
    out.leaves = group.leaves.data();
    out.leaf_count = static_cast<std::uint32_t>(group.leaves.size());
  }
  void operator()(const room::HeardByOthers& event) { out.value = event.heard ? 1 : 0; }
  void operator()(const room::ErrorOccurred& event) { text(room::code_of(event.error)); }
  void operator()(const room::ChatHeldBack& event) {
    out.leaf = event.leaf.value;
    out.value = event.missing;
    name(event.name);
  }
  void operator()(const room::OthersApart& event) {
    out.value = event.apart ? 1 : 0;
    out.flags = event.mine_stays ? 1 : 0;
  }
  void operator()(const room::Answered& event) {
    out.value = static_cast<std::uint32_t>(event.answer);
  }
};

}  // namespace

sotto_group_member member_of(const room::MemberView& view) {
  sotto_group_member member = {};
  member.leaf = view.leaf.value;
  member.self = view.self ? 1 : 0;
  member.moderator = view.moderator ? 1 : 0;
  member.caught_up = view.caught_up ? 1 : 0;
  member.reachability = static_cast<std::uint32_t>(view.reachability);
  member.standing = static_cast<std::uint32_t>(view.standing);
  if (view.marks.publishes) member.marks |= SOTTO_GROUP_PUBLISHES;
  if (view.marks.microphone_muted) member.marks |= SOTTO_GROUP_MICROPHONE_MUTED;
  if (view.marks.camera_off) member.marks |= SOTTO_GROUP_CAMERA_OFF;
  if (view.marks.hand_raised) member.marks |= SOTTO_GROUP_HAND_RAISED;
  std::copy(view.identity_key.begin(), view.identity_key.end(), member.identity_key);
  member.name = view.name.c_str();
  member.name_size = view.name.size();
  member.endpoint = view.endpoint ? view.endpoint->data() : nullptr;
  return member;
}

}  // namespace sotto::abi

sotto_status sotto_group_poll_event(sotto_group* group, sotto_group_event* event) {
  using sotto::Error;
  using sotto::fail;
  return sotto::abi::with_group(group, [&](sotto_group& it) -> sotto::Result<void> {
    TRY_VOID(sotto::abi::check_size(event));
    it.leaves.clear();
    it.view.reset();
    it.event = it.session->poll_event();
    if (!it.event) return fail(Error::kNotFound);
    sotto_group_event given = {};
    given.type = static_cast<uint32_t>(it.event->index() + 1);
    std::visit(sotto::abi::Filler{it, given}, *it.event);
    sotto::abi::give(given, event);
    return {};
  });
}
