// Application messages in a simulated group: they come in any order, late, twice or not at all.
#include <algorithm>

#include "sim/mls/joining.h"
#include "sim/mls/simulation.h"

namespace sotto::mls::sim {
namespace {

constexpr std::size_t kUnderWay = 60;

bool keeps(const Group& group, std::uint64_t epoch) {
  if (epoch == group.epoch()) return true;
  auto past = group.past_epochs();
  return std::find(past.begin(), past.end(), epoch) != past.end();
}

}  // namespace

void Simulation::say(Member& member) {
  Bytes text(below(300));
  random_.fill(text);
  ProtectOptions options;
  options.padding = chance(2) ? 64 : 1;
  auto message = member.group.protect(text, options, keys_);
  if (!message && message.error() == Error::kWrongState) return count("kept quiet");
  if (!message) return fail(std::string("not sent: ") + std::string(name(message.error())));
  said_.push_back({member.group.epoch(),
                   member.number,
                   member.group.own_leaf(),
                   std::move(text),
                   *std::move(message),
                   {}});
  if (said_.size() > kUnderWay) said_.pop_front();
}

void Simulation::hear() {
  if (said_.empty()) return;
  Said& said = said_[below(said_.size())];
  Member& member = somebody();
  if (!awake(member)) return;
  const bool opens = member.number != said.sender && keeps(member.group, said.epoch) &&
                     !said.opened_by.contains(member.number);
  if (!opens) {
    count("messages refused");
    return must_refuse(member, said.message, "that it had, or whose epoch it does not know");
  }
  expect_opened(member, said);
}

void Simulation::expect_opened(Member& member, Said& said) {
  auto handled = member.group.handle(said.message);
  if (!handled) {
    return fail(std::to_string(member.number) + " in epoch " +
                std::to_string(member.group.epoch()) + " cannot open a message of epoch " +
                std::to_string(said.epoch) + ": " + std::string(name(handled.error())));
  }
  auto* opened = std::get_if<ApplicationMessage>(&*handled);
  if (opened == nullptr || opened->content != said.text || opened->sender != said.leaf ||
      opened->epoch != said.epoch) {
    return fail("a message with other contents than were sent");
  }
  said.opened_by.insert(member.number);
  count("messages opened");
}

// One message that who is in the epoch opens, and nobody outside.
void Simulation::probe(Member& from, bool to_all) {
  Bytes text(16);
  random_.fill(text);
  auto message = from.group.protect(text, {}, keys_);
  if (!message) {  // while proposals wait
    if (to_all) fail("nobody can speak where everybody has caught up");
    return;
  }
  Said said{from.group.epoch(), from.number, from.group.own_leaf(), text, *std::move(message), {}};
  for (auto& member : members_) {
    const bool open = member->number != from.number && !member->gone &&
                      member->group.epoch() == said.epoch && (to_all || chance(options_.members));
    if (open && failure_.empty()) expect_opened(*member, said);
  }
  const std::size_t tried =
      to_all ? outsiders_.size() : std::min<std::size_t>(1, outsiders_.size());
  for (std::size_t i = 0; i < tried && failure_.empty(); ++i) {
    Outsider& outsider = outsiders_[to_all ? i : below(outsiders_.size())];
    if (said.epoch >= outsider.outside_from) outsider_must_fail(outsider, said.message, "a probe");
  }
}

}  // namespace sotto::mls::sim
