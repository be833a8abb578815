#include "mls/wire/writer.h"
#include "room/key_package_seal.h"
#include "room/moderators.h"
#include "room/session_core.h"
#include "room/session_timing.h"

namespace sotto::room {
namespace {

constexpr std::size_t kReferenceSize = 32;
constexpr std::size_t kMaxAnswered = 64;
// So that no answer is taken for somebody's KeyPackage, which is sealed for its endpoint.
constexpr ByteView kNobodysEndpoint{};
static_assert(static_cast<int>(Answer::kAsked) == static_cast<int>(JoinPolicy::kKnock));
static_assert(static_cast<int>(Answer::kLocked) == static_cast<int>(JoinPolicy::kLocked));

}  // namespace

// One message for all, however many wait: it comes out of what a moderator may send at all. Whoever
// needs no moderator to come back is not told that it does, nor are the banned told anything.
void SessionCore::answer_waiting(Time now) {
  const JoinPolicy policy = in->context.join_policy;
  if (policy == JoinPolicy::kOpen || queue.waiting().empty() || now < answer_next ||
      !is_moderator(in->group.own_leaf(), in->context, in->roster)) {
    return;
  }
  answer_next = now + kAnswerEvery;
  OutgoingMessage answer{MessageKind::kWelcome, {}, {}};
  mls::Writer plain;
  plain.u8(static_cast<std::uint8_t>(policy));
  for (const auto& [endpoint, joiner] : queue.waiting()) {
    const IdentityKey& key = joiner.identity.identity_key;
    if (in->context.bans(key) || in->context.lists_moderator(key)) continue;
    if (!in->roster.leaves_of(key).empty()) continue;
    if (answer.addressees.size() == kMaxAnswered) break;
    answer.addressees.push_back(endpoint);
    plain.bytes(joiner.reference);
  }
  if (answer.addressees.empty()) return;
  auto sealed = KeyPackageSeal(keys.key_package_seal_key())
                    .seal(kNobodysEndpoint, std::move(plain).take(), random);
  if (!sealed) return;
  answer.bytes = *std::move(sealed);
  messages.push_back(std::move(answer));
}

// It names a KeyPackage that I have just made, so it is not older than that. Should two groups
// answer (somebody who waits as well has founded one), the less hopeful counts, while it is heard.
void SessionCore::take_answer(ByteView sealed, Time now) {
  const auto plain = KeyPackageSeal(keys.key_package_seal_key()).open(kNobodysEndpoint, sealed);
  if (!plain || plain->empty()) return;
  const auto said = static_cast<Answer>((*plain)[0]);
  if (said != Answer::kAsked && said != Answer::kLocked) return;
  for (std::size_t at = 1; at + kReferenceSize <= plain->size(); at += kReferenceSize) {
    if (!own_key_packages.has(ByteView(*plain).subspan(at, kReferenceSize))) continue;
    if (said < answered && now < answer_heard + 2 * kAnswerEvery) return;
    answer_heard = now;
    return set_answer(said);
  }
}

void SessionCore::set_answer(Answer next) {
  if (answered == next) return;
  answered = next;
  tell(Answered{answered});
}

}  // namespace sotto::room
