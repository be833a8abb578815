#include "group_events.h"

#include <string_view>
#include <utility>
#include <variant>

namespace sotto {
namespace {

using mls::Writer;

constexpr std::uint32_t kNobody = 0xffffffff;

// Texts of a session are far shorter; what were longer would be cut.
void text(Writer& out, std::string_view value) {
  value = value.substr(0, 0xffff);
  out.u16(static_cast<std::uint16_t>(value.size()));
  out.bytes(as_bytes(value));
}

void flag(Writer& out, bool value) {
  out.u8(value ? 1 : 0);
}

template <typename Enum>
void number(Writer& out, Enum value) {
  out.u8(static_cast<std::uint8_t>(value));
}

std::uint8_t bits_of(const room::PresenceMarks& marks) {
  return static_cast<std::uint8_t>((marks.publishes ? 1 : 0) | (marks.microphone_muted ? 2 : 0) |
                                   (marks.camera_off ? 4 : 0) | (marks.hand_raised ? 8 : 0));
}

void write(Writer& out, const room::MemberView& member) {
  out.u32(member.leaf.value);
  out.bytes(member.identity_key);
  text(out, member.name);
  out.u8(static_cast<std::uint8_t>((member.self ? 1 : 0) | (member.moderator ? 2 : 0) |
                                   (member.caught_up ? 4 : 0) | (member.endpoint ? 8 : 0)));
  number(out, member.reachability);
  number(out, member.standing);
  out.u8(bits_of(member.marks));
  if (member.endpoint) out.bytes(*member.endpoint);
}

void write(Writer& out, const room::StateChanged& event) {
  number(out, event.state);
}

void write(Writer& out, const room::Ended& event) {
  number(out, event.reason);
}

void write(Writer& out, const room::MemberChanged& event) {
  write(out, event.member);
}

void write(Writer& out, const room::MemberGone& event) {
  out.u32(event.leaf.value);
  text(out, event.name);
  number(out, event.reason);
  out.u32(event.by.value);
}

void write(Writer& out, const room::RemovalsPending& event) {
  out.u16(static_cast<std::uint16_t>(event.names.size()));
  for (const std::string& name : event.names) text(out, name);
}

void write(Writer& out, const room::ChatReceived& event) {
  out.u32(event.entry.sender.value);
  out.u32(event.entry.seq);
  out.u32(event.entry.missing);
  flag(out, event.entry.refers_to_unseen);
  text(out, event.name);
  text(out, event.entry.text);
}

void write(Writer& out, const room::ChatDelivered& event) {
  out.u32(event.seq);
}

void write(Writer& out, const room::ReactionReceived& event) {
  out.u32(event.leaf.value);
  text(out, event.reaction);
}

void write(Writer& out, const room::DirectCallReceived& event) {
  out.u32(event.leaf.value);
  out.bytes(event.message);
}

void write(Writer& out, const room::LinkChanged& event) {
  out.u32(event.gen);
  text(out, event.fragment);
}

void write(Writer& out, const room::RoomChanged& event) {
  number(out, event.join_policy);
  flag(out, event.media_encrypted);
  flag(out, event.e2ee_permanent);
  flag(out, event.i_am_moderator);
  out.u32(event.by ? event.by->value : kNobody);
}

void write(Writer& out, const room::JoinRequested& event) {
  out.bytes(event.endpoint);
  out.bytes(event.identity_key);
  text(out, event.name);
  number(out, event.standing);
}

void write(Writer& out, const room::JoinWithdrawn& event) {
  out.bytes(event.endpoint);
}

void write(Writer& out, const room::CodeShown& event) {
  out.bytes(event.code);
  for (const std::uint8_t symbol : event.code) {
    const room::CodeSymbol shown = room::code_symbol(symbol);
    text(out, shown.emoji);
    text(out, shown.word);
  }
  out.u16(static_cast<std::uint16_t>(event.participants.size()));
  for (const mls::LeafIndex leaf : event.participants) out.u32(leaf.value);
}

void write(Writer& out, const room::HeardByOthers& event) {
  flag(out, event.heard);
}

void write(Writer& out, const room::ErrorOccurred& event) {
  text(out, room::code_of(event.error));
}

void write(Writer& out, const room::ChatHeldBack& event) {
  out.u32(event.leaf.value);
  text(out, event.name);
  out.u32(event.missing);
}

void write(Writer& out, const room::OthersApart& event) {
  flag(out, event.apart);
  flag(out, event.mine_stays);
}

void write(Writer& out, const room::Answered& event) {
  number(out, event.answer);
}

}  // namespace

mls::Bytes encode_event(const room::SessionEvent& event) {
  Writer out;
  out.u8(static_cast<std::uint8_t>(event.index() + 1));
  std::visit([&](const auto& body) { write(out, body); }, event);
  return std::move(out).take();
}

mls::Bytes encode_members(const std::vector<room::MemberView>& members) {
  Writer out;
  out.u16(static_cast<std::uint16_t>(members.size()));
  for (const room::MemberView& member : members) write(out, member);
  return std::move(out).take();
}

}  // namespace sotto
