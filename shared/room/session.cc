#include "room/session.h"

#include <utility>

#include "crypto/hkdf.h"
#include "room/display_name.h"
#include "room/session_core.h"
#include "room/short_code.h"

namespace sotto::room {
namespace {

template <typename T>
std::optional<T> take_first(std::list<T>& queue) {
  if (queue.empty()) return std::nullopt;
  std::optional<T> first;
  first.emplace(std::move(queue.front()));
  queue.pop_front();
  return first;
}

}  // namespace

Session::Session(std::unique_ptr<SessionCore> core) : core_(std::move(core)) {}
Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::create(SessionConfig config, RandomSource& random) {
  if (config.identity == nullptr) return fail(Error::kInvalidArgument);
  TRY_VOID(check_name(config.name));
  TRY(LinkKeys keys, link_keys(config.link, config.room_id));
  auto core = std::make_unique<SessionCore>(std::move(config), std::move(keys), random);
  return std::unique_ptr<Session>(new Session(std::move(core)));
}

void Session::start(Time now, std::uint64_t unix_seconds, std::size_t others) {
  core_->start(now, unix_seconds, others);
  core_->settle(now);
}

void Session::handle_key_package(Time now, const Endpoint& sender, ByteView sealed) {
  core_->take_key_package(sender, sealed, now);
  core_->settle(now);
}

void Session::handle_handshake(Time now, std::uint64_t number, const Endpoint& sender,
                               ByteView message) {
  core_->last_handshake = number;
  core_->take_handshake(sender, message, now);
  core_->settle(now);
}

void Session::handle_welcome(Time now, const Endpoint&, ByteView welcome) {
  core_->take_welcome(welcome, now);
  core_->settle(now);
}

void Session::handle_application(Time now, const Endpoint& sender, ByteView message) {
  core_->take_application(sender, message, now);
  core_->settle(now);
}

void Session::handle_endpoint_left(Time now, const Endpoint& endpoint) {
  core_->take_key_package(endpoint, {}, now);
  if (core_->in) {
    for (auto& [leaf, trace] : core_->in->traces) {
      if (trace.endpoint == endpoint && !trace.absent) trace.absent = now;
    }
  }
  core_->settle(now);
}

void Session::handle_log(Time now, bool same_log) {
  core_->log_followed(now, same_log);
  core_->settle(now);
}

// KeyPackages are sealed for the endpoint that they come from.
void Session::set_endpoint(const Endpoint& endpoint) {
  core_->config.endpoint = endpoint;
  core_->views_outdated = true;
}

void Session::handle_timeout(Time now) {
  core_->settle(now);
}

Result<std::uint32_t> Session::say(Time now, std::string text) {
  if (core_->state != SessionState::kIn) return fail(Error::kWrongState);
  TRY(const std::uint32_t number, core_->say(std::move(text)));
  core_->settle(now);
  return number;
}

Result<void> Session::react(Time now, std::string_view reaction) {
  if (core_->state != SessionState::kIn) return fail(Error::kWrongState);
  TRY(std::vector<std::uint8_t> content, encode_reaction(reaction));
  core_->send({MessageType::kReaction, std::move(content), 0});
  core_->settle(now);
  return {};
}

Result<void> Session::send_direct_call(Time now, ByteView message) {
  if (core_->state != SessionState::kIn) return fail(Error::kWrongState);
  std::vector<std::uint8_t> content{static_cast<std::uint8_t>(MessageType::kDirectCall)};
  content.insert(content.end(), message.begin(), message.end());
  core_->send({MessageType::kDirectCall, std::move(content), 0});
  core_->settle(now);
  return {};
}

void Session::set_marks(Time now, const PresenceMarks& marks) {
  if (core_->marks == marks) return;
  core_->marks = marks;
  if (core_->in) {
    core_->in->schedule.set_publishes(marks.publishes, now);
    core_->in->schedule.changed(now);
  }
  core_->views_outdated = true;
  core_->settle(now);
}

void Session::set_streams(Time now, std::vector<PresenceStream> streams) {
  bool announces = streams.size() != core_->streams.size();
  for (std::size_t i = 0; !announces && i < streams.size(); ++i) {
    announces = streams[i].context != core_->streams[i].context;
  }
  core_->streams = std::move(streams);
  if (announces && core_->in) core_->in->schedule.changed(now);
  core_->settle(now);
}

void Session::leave(Time now) {
  core_->leave(now);
  core_->settle(now);
}

Result<void> Session::update(Time now) {
  if (core_->state != SessionState::kIn) return fail(Error::kWrongState);
  core_->wishes.update = core_->commits_outdated = true;
  core_->settle(now);
  return {};
}

Result<void> Session::kick(Time now, mls::LeafIndex leaf, bool ban, const IdentityKey* shown) {
  TRY_VOID(core_->wish(now));
  TRY(const RosterMember* member, core_->member_shown(leaf, shown));
  const IdentityKey& key = member->identity.identity_key;
  if (key == core_->config.identity->public_key()) return fail(Error::kInvalidArgument);
  core_->wishes.kicks.insert(key);
  core_->views_outdated = true;
  if (ban) core_->wishes.bans.insert(key);
  core_->settle(now);
  return {};
}

Result<void> Session::set_join_policy(Time now, JoinPolicy join_policy) {
  TRY_VOID(core_->wish(now));
  core_->wishes.join_policy = join_policy;
  core_->settle(now);
  return {};
}

Result<void> Session::set_media_encrypted(Time now, bool encrypted) {
  TRY_VOID(core_->wish(now));
  if (!encrypted && core_->in->context.e2ee_permanent) return fail(Error::kInvalidArgument);
  core_->wishes.media_encrypted = encrypted;
  core_->settle(now);
  return {};
}

Result<void> Session::make_permanent(Time now) {
  TRY_VOID(core_->wish(now));
  core_->wishes.permanent = true;
  core_->settle(now);
  return {};
}

Result<void> Session::make_moderator(Time now, mls::LeafIndex leaf, const IdentityKey* shown) {
  TRY_VOID(core_->wish(now));
  TRY(const RosterMember* member, core_->member_shown(leaf, shown));
  core_->wishes.moderators.insert(member->identity.identity_key);
  core_->settle(now);
  return {};
}

Result<void> Session::admit(Time now, const Endpoint& endpoint) {
  TRY_VOID(core_->wish(now));
  const auto shown = core_->requests_shown.find(endpoint);
  if (shown == core_->requests_shown.end()) return fail(Error::kNotFound);
  core_->wishes.admitted.insert(*shown);
  core_->settle(now);
  return {};
}

void Session::turn_away(Time now, const Endpoint& endpoint) {
  core_->take_key_package(endpoint, {}, now);
  core_->settle(now);
}

Result<void> Session::start_code(Time now) {
  if (core_->state != SessionState::kIn) return fail(Error::kWrongState);
  Membership& in = *core_->in;
  std::vector<mls::LeafIndex> confirmed;
  for (const auto& [leaf, member] : in.roster.members()) {
    if (in.presence.reachability(leaf, now) == Reachability::kPresent) confirmed.push_back(leaf);
  }
  if (confirmed.empty()) return fail(Error::kWrongState);
  core_->code_shown = core_->spoilt_shown = false;
  in.code.start(std::move(confirmed), in.group.epoch_authenticator(), core_->random, now);
  core_->send_code_messages();
  core_->settle(now);
  return {};
}

Result<void> Session::confirm_code(Time now, ByteView shown) {
  if (core_->state != SessionState::kIn || !core_->in->code.code()) {
    return fail(Error::kWrongState);
  }
  if (!equal(*core_->in->code.code(), shown)) return fail(Error::kNotFound);
  for (const mls::LeafIndex leaf : core_->in->code.participants()) {
    if (leaf == core_->in->group.own_leaf()) continue;
    // Those who have left since are not there, and whoever sits in their leaves has compared
    // nothing.
    const RosterMember* member = core_->in->roster.find(leaf);
    if (member == nullptr || member->since_epoch > core_->code_epoch) continue;
    TRY_VOID(confirm_fingerprint(now, leaf, member->identity.identity_key));
  }
  return {};
}

Result<void> Session::confirm_fingerprint(Time now, mls::LeafIndex leaf, const IdentityKey& shown) {
  TRY(const RosterMember* member, core_->member_shown(leaf, &shown));
  core_->pins.verify(member->identity);
  core_->standings[leaf] = Standing::kVerified;
  core_->views_outdated = true;
  core_->settle(now);
  return {};
}

Result<void> Session::accept_change(Time now, mls::LeafIndex leaf, const IdentityKey& shown) {
  TRY(const RosterMember* member, core_->member_shown(leaf, &shown));
  core_->pins.accept_change(member->identity);
  core_->standings[leaf] = core_->pins.standing(member->identity);
  core_->views_outdated = true;
  core_->settle(now);
  return {};
}

std::vector<std::uint8_t> Session::save_pins() const {
  return core_->pins.save();
}

Result<void> Session::restore_pins(ByteView saved) {
  return core_->pins.restore(saved);
}

std::optional<OutgoingMessage> Session::poll_message() {
  return take_first(core_->messages);
}

std::optional<SessionEvent> Session::poll_event() {
  return take_first(core_->events);
}

std::optional<FrameOperation> Session::poll_frame_operation() {
  return take_first(core_->frame_operations);
}

std::optional<Time> Session::next_timeout() const {
  return core_->next_timeout();
}

SessionState Session::state() const {
  return core_->state;
}

std::uint64_t Session::last_handshake() const {
  return core_->last_handshake;
}

std::vector<MemberView> Session::members(Time now) const {
  return core_->views(now);
}

std::string Session::fingerprint_of(mls::LeafIndex leaf) const {
  const RosterMember* member = core_->in ? core_->in->roster.find(leaf) : nullptr;
  return member != nullptr ? fingerprint(member->identity.identity_key) : std::string();
}

std::optional<std::uint64_t> Session::epoch() const {
  if (!core_->in) return std::nullopt;
  return core_->in->group.epoch();
}

std::optional<mls::LeafIndex> Session::own_leaf() const {
  if (!core_->in) return std::nullopt;
  return core_->in->group.own_leaf();
}

std::vector<std::uint8_t> Session::agreement() const {
  if (!core_->inside()) return {};
  std::vector<std::uint8_t> digest(16);
  if (!core_->in->group.exporter("sotto agreement", {}, digest)) return {};
  return digest;
}

}  // namespace sotto::room
