// A session as a native endpoint stores it; browser modules are linked without this file. In the
// clear, all secrets included: callers seal it.
//
//   u16 version = 2; u64 saved at (seconds since 1970)
//   u16 MLS suite; opaque room_id<V>; opaque link<V> (the fragment's text)
//   opaque identity[32] (Ed25519 seed); opaque name<V>
//   u64 last handshake; u8 heard anybody; u32 last presence; u32 last chat message
//   used KeyPackages (used_key_packages.h); own ones (own_key_packages.h); opaque pins<V>
//   (pin_store.h); opaque group<V>
#include <string_view>

#include "room/session.h"
#include "room/session_core.h"

#ifndef __EMSCRIPTEN__

namespace sotto::room {
namespace {

constexpr std::uint16_t kVersion = 2;

void write_config(mls::Writer& out, const SessionConfig& config) {
  out.u16(static_cast<std::uint16_t>(config.mls_suite));
  out.opaque(as_bytes(config.room_id));
  const LinkText link = format_link(config.link);
  out.opaque(as_bytes(std::string_view(link.data(), link.size())));
  out.bytes(config.identity->seed());
  out.opaque(as_bytes(config.name));
}

Result<SessionConfig> read_config(mls::Reader& in) {
  SessionConfig config;
  config.mls_suite = static_cast<mls::CipherSuite>(in.u16());
  config.room_id = std::string(as_text(in.opaque()));
  const ByteView link = in.opaque();
  const ByteView seed = in.bytes(kEd25519SeedSize);
  config.name = std::string(as_text(in.opaque()));
  if (!in.ok()) return fail(in.error());
  TRY(config.link, parse_link(as_text(link)));
  config.identity = std::make_shared<const Ed25519KeyPair>(
      Ed25519KeyPair::from_seed(seed.first<kEd25519SeedSize>()));
  return config;
}

// Of this room, with a leaf of mine in it.
Result<void> check_group(const mls::Group& group, const SessionConfig& config) {
  TRY(const RoomContext& context, room_context_of(group.context().extensions));
  TRY(const Roster& roster, Roster::of(group.members(), group.epoch()));
  const RosterMember* me = roster.find(group.own_leaf());
  const bool mine = group.active() && me != nullptr && context.room_id == config.room_id &&
                    group.cipher_suite() == config.mls_suite &&
                    me->identity.identity_key == config.identity->public_key();
  if (!mine) return fail(Error::kMalformed);
  return {};
}

}  // namespace

Result<mls::Bytes> Session::save() const {
  const SessionCore& core = *core_;
  if (core.state != SessionState::kIn && core.state != SessionState::kRestoring) {
    return fail(Error::kWrongState);
  }
  mls::Writer out;
  out.u16(kVersion);
  out.u64(core.unix_seconds(core.last_now));
  write_config(out, core.config);
  out.u64(core.last_handshake);
  out.u8(core.in->heard_anybody ? 1 : 0);
  out.u32(core.in->schedule.last_seq());
  out.u32(core.in->chat.last_seq());
  core.used.save(out);
  core.own_key_packages.save(out);
  out.opaque(core.pins.save());
  out.opaque(core.in->group.save());
  mls::Bytes saved = std::move(out).take();
  if (saved.empty()) return fail(Error::kTooLarge);
  return saved;
}

Result<std::unique_ptr<Session>> Session::restore(ByteView saved, RestoreOptions options,
                                                  RandomSource& random) {
  mls::Reader in(saved);
  if (in.u16() != kVersion) return fail(Error::kUnsupported);
  const std::uint64_t saved_at = in.u64();
  TRY(SessionConfig && config, read_config(in));
  config.endpoint = options.endpoint;
  config.publishes = options.publishes;
  config.update_every = options.update_every;
  config.policy = options.policy;
  TRY(auto&& session, create(std::move(config), random));
  SessionCore& core = *session->core_;
  core.last_handshake = in.u64();
  const bool heard_anybody = in.present();
  const std::uint32_t presence_seq = in.u32();
  const std::uint32_t chat_seq = in.u32();
  core.used.restore(in);
  core.own_key_packages.restore(in);
  const ByteView pins = in.opaque();
  const ByteView state = in.opaque();
  TRY_VOID(in.finish());
  TRY_VOID(core.pins.restore(pins));
  TRY(mls::Group && group, mls::Group::restore(state, group_options(core.identity_policy)));
  TRY_VOID(check_group(group, core.config));
  core.restored.emplace(
      Restored{std::move(group), heard_anybody, presence_seq, chat_seq, saved_at});
  return session;
}

}  // namespace sotto::room

#endif
