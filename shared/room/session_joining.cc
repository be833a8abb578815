#include <algorithm>
#include <utility>

#include "room/session_core.h"
#include "room/session_timing.h"

namespace sotto::room {

mls::GroupOptions group_options(const IdentityPolicy& policy) {
  mls::GroupOptions options;
  options.credential_policy = &policy;
  options.past_epochs = kPastEpochs;
  options.resumption_epochs = 0;
  options.handshake_padding = kHandshakePadding;
  return options;
}

void SessionCore::take_key_package(const Endpoint& sender, ByteView sealed, Time now) {
  if (sender == config.endpoint || state == SessionState::kOver) return;
  if (!queue.handle(sender, sealed, now)) return;
  commits_outdated = requests_outdated = true;
  // Somebody else at the same endpoint, which is the service's claim, is asked for anew.
  const auto waiting = queue.waiting().find(sender);
  const auto shown = requests_shown.find(sender);
  if (waiting != queue.waiting().end() &&
      (shown == requests_shown.end() || shown->second.is_same_person(waiting->second.identity))) {
    return;
  }
  wishes.admitted.erase(sender);
  if (requests_shown.erase(sender) != 0) tell(JoinWithdrawn{sender});
}

void SessionCore::publish_key_package(Time now) {
  auto sealed = own_key_packages.make(config, keys, unix_seconds(now), random);
  // Only what was checked when the session was made can fail here.
  if (!sealed) return;
  messages.push_back({MessageKind::kKeyPackage, {}, *std::move(sealed)});
  key_package_stands = true;
  key_package_at = now + (outside() ? kWelcomeRetry : kKeyPackageRefresh);
}

void SessionCore::withdraw_key_package() {
  messages.push_back({MessageKind::kKeyPackage, {}, {}});
  key_package_stands = false;
  key_package_at.reset();
}

// Messages of a group that I am not in. Anybody can make them up, so they put it off but do not
// prevent it.
void SessionCore::note_group_at_work(Time now) {
  if (!outside() || !found_at || *found_at >= now + kFoundAfter) return;
  found_at = std::max(*found_at, std::min(now + kFoundAfter, found_latest));
}

// Others seem to be at work, and do not let me in: perhaps their moderator has not looked yet.
// Those who wait with me are not to be led together behind its back; but nobody waits for what
// anybody can make up, either: so a person says who comes in.
bool SessionCore::founds_beside_others() const {
  return state == SessionState::kJoining && found_at && *found_at >= found_latest &&
         config.policy.has(Rule::kFoundsUnderKnock);
}

void SessionCore::found(Time now) {
  const bool beside_others = founds_beside_others();
  found_at.reset();
  if (state == SessionState::kRejoining) tell_error(SessionError::kNotLetBack);
  RoomContext context;
  context.room_id = config.room_id;
  context.gen = config.link.gen;
  context.join_policy = beside_others ? std::max(config.settings.join_policy, JoinPolicy::kKnock)
                                      : config.settings.join_policy;
  context.media_encrypted = config.settings.media_encrypted || config.settings.e2ee_permanent;
  context.e2ee_permanent = config.settings.e2ee_permanent;
  context.sframe_suite = config.settings.sframe_suite;
  context.moderators = {config.identity->public_key()};

  mls::SignatureKeyPair leaf_key = mls::SignatureKeyPair::generate(random);
  auto leaf_node = own_leaf_node(config, leaf_key.public_key(), unix_seconds(now));
  if (!leaf_node) return;
  mls::CreateOptions options;
  options.cipher_suite = config.mls_suite;
  options.group_id.resize(16);
  random.fill(options.group_id);
  options.extensions = {mls::make_extension(context)};
  options.leaf_node = *std::move(leaf_node);
  options.lifetime = key_package_lifetime(unix_seconds(now));
  options.group = group_options(identity_policy);
  auto group = mls::Group::create(std::move(options), std::move(leaf_key), random);
  if (group) enter(*std::move(group), now);
  // Others may have founded one at the same time: by a Welcome we find each other.
  // The one that stands may have been used in vain.
  key_package_at = now + kWelcomeRetry;
}

// Only who is alone leaves a group for another, and who was locked out comes back into the same
// one, at a later epoch: by a link that has ended since, the kicked could welcome it to themselves.
bool SessionCore::leads_away(const mls::Group& group) const {
  if (!in || alone() || !config.policy.has(Rule::kLeaveOnlyAlone)) return false;
  return group.group_id() != in->group.group_id() || group.epoch() <= in->group.epoch();
}

namespace {

bool breaks_a_rule(const SessionCore& core, const mls::Group& group, const LinkPsk& psk) {
  const mls::Extensions& extensions = group.context().extensions;
  const SessionConfig& config = core.config;
  if (judge_welcome(extensions, config.room_id, config.link.gen, psk, config.policy)) return true;
  // Whoever comes back has accepted the room's suite before.
  const auto context = room_context_of(extensions);
  const CipherSuite apps = core.in ? core.in->context.sframe_suite : config.settings.sframe_suite;
  return !context || judge_suite(context->sframe_suite, apps, config.policy);
}

}  // namespace

void SessionCore::take_welcome(ByteView welcome, Time now) {
  const bool stays = !outside() && !alone();
  if (stays && config.policy.has(Rule::kLeaveOnlyAlone)) return;
  const LinkPsk wanted(config.room_id, config.link.gen, keys.psk());
  mls::JoinOptions options;
  options.psks = &wanted;
  options.group = group_options(identity_policy);
  auto group = own_key_packages.join(welcome, options);
  if (!group) return take_answer(welcome, now);
  if (leads_away(*group) || breaks_a_rule(*this, *group, wanted)) {
    tell_error(SessionError::kWelcomeRefused);
    return;
  }
  if (outside()) return enter(*std::move(group), now);
  if (offers.size() == kMaxOffers) return;
  offers.push_back(*std::move(group));
  if (!choose_at) choose_at = now + kGatherOffers;
}

// A group is left for another by who is alone in it. Of one in its first epochs nobody knows yet
// whether anybody is there but its founder; all who found at once choose the same.
void SessionCore::choose_group(Time now) {
  choose_at.reset();
  std::vector<mls::Group> offered = std::exchange(offers, {});
  if (!alone() && config.policy.has(Rule::kLeaveOnlyAlone)) return;
  const auto weight = [](std::uint64_t epoch, std::size_t members) {
    return epoch <= 1 ? std::size_t{1} : members - 1;
  };
  std::size_t best_size = 1;
  if (in->first_epoch > 1 && in->since + kAloneAfter > now) best_size = in->group.member_count();
  mls::Bytes best_id = in->group.group_id();
  mls::Group* best = nullptr;
  for (mls::Group& offer : offered) {
    const std::size_t size = weight(offer.epoch(), offer.member_count());
    if (best_size > 1 && best != nullptr) break;
    if (!leave_for_other_group(best_size, best_id, size, offer.group_id(), config.policy)) continue;
    best = &offer;
    best_id = offer.group_id();
    best_size = size;
  }
  if (best != nullptr) enter(std::move(*best), now);
}

void SessionCore::enter(mls::Group group, Time now) {
  auto context = room_context_of(group.context().extensions);
  auto roster = Roster::of(group.members(), group.epoch());
  if (!context || !roster) return;
  // Back in the same group: what I said to it and has not got through is said again.
  const bool back = state == SessionState::kRejoining && group.group_id() == in->group.group_id();
  const auto undelivered = back ? undelivered_chat() : std::map<std::uint32_t, ChatMessage>();
  std::vector<mls::LeafIndex> gone;
  if (in) {  // also whom no page has shown yet
    for (const auto& [leaf, member] : in->roster.members()) gone.push_back(leaf);
  }
  shown.clear();
  standings.clear();
  outbox.clear();
  if (!back) {
    chat_on_its_way.clear();
    wishes = {};
  }
  found_at.reset();
  offers.clear();
  choose_at.reset();
  chat_gaps.clear();
  in.emplace(std::move(group), *std::move(context), *std::move(roster), config, now);
  in->duty.begin_epoch(in->group.epoch(), true, now);
  in->schedule.set_publishes(marks.publishes, now);
  in->schedule.changed(now);
  // What stood before I came is of those who are here by now; who comes back says so again.
  for (const auto& [leaf, member] : in->roster.members()) {
    queue.erase_identity(member.identity.identity_key);
  }
  if (in->group.member_count() > 1) {
    set_answer(Answer::kNone);
    withdraw_key_package();
    key_package_at = now + kAloneAfter;
  }
  if (other_group && other_group->told) tell(OthersApart{});
  other_group.reset();
  set_state(leaving_since ? SessionState::kLeaving : SessionState::kIn);
  say_again(undelivered);
  tell(LinkChanged{config.link.gen, format_link(config.link)});
  announce_epoch(false, std::move(gone));
  views_outdated = commits_outdated = true;
  take_waiting(now);
}

// Removed and added in one commit (security profile, section 9). Until then I keep what I have.
void SessionCore::rejoin(Time now) {
  if (state != SessionState::kIn && state != SessionState::kRestoring) return;
  await_return(now);
  publish_key_package(now);
}

// What was asked for is still wished for: nobody gets rid of a moderator's kick by having the
// moderator removed, or locked out.
void SessionCore::await_return(Time now) {
  set_state(SessionState::kRejoining);
  if (in->commit) wishes.take_back(std::move(in->commit->granted));
  in->commit.reset();
  wishes.update = false;
  outbox.clear();
  found_at = now + kFoundAfterRejoin;
}

// The old keys are those of everybody who was there, also of who has been removed with me or
// instead of me: nothing is sealed under them for longer than others may hear it.
void SessionCore::tend_rejoining(Time now) {
  if (state != SessionState::kRejoining || !in) return;
  if (in->removed || !in->presence.may_send(now)) tell_heard(false);
}

// That two groups of several have begun in one room (their founders were kept from each other) is
// for people to mend: nobody is drawn out of company. One endpoint alone is somebody who comes over
// by itself, or whom a kick has left behind.
void SessionCore::note_other_group(const Endpoint& sender, ByteView group_id, Time now) {
  if (!inside() || alone() || sender == config.endpoint || group_id.size() > 64) return;
  const bool same = other_group && equal(other_group->id, group_id);
  if (!same && other_group && other_group->several) return;
  if (!same) other_group = OtherGroup{mls::to_bytes(group_id), sender, false, false, now, now};
  OtherGroup& other = *other_group;
  other.heard = now;
  other.several = other.several || sender != other.first;
  if (!other.several || other.told || other.since + kApartSeen > now) return;
  other.told = true;
  tell(OthersApart{true, in->group.group_id() < other.id});
}

void SessionCore::tend_other_group(Time now) {
  if (!other_group || other_group->heard + kApartForgotten > now) return;
  if (other_group->told) tell(OthersApart{});
  other_group.reset();
}

void SessionCore::tend_joining(Time now) {
  if (answer_heard + kAnswerLife <= now) set_answer(Answer::kNone);
  if (choose_at && *choose_at <= now) choose_group(now);
  if (outside() && found_at && *found_at <= now) found(now);
  if (key_package_at && *key_package_at <= now) {
    if (outside() || alone()) {
      publish_key_package(now);
    } else {
      key_package_at.reset();
    }
  }
}

}  // namespace sotto::room
