// Who is not, or no longer, in a simulated group: it goes on listening, and tries what it has.
#include "sim/mls/joining.h"
#include "sim/mls/simulation.h"

namespace sotto::mls::sim {
namespace {

constexpr std::size_t kOutsiders = 10;

}  // namespace

void Simulation::keep_outside(Group group, std::uint64_t outside_from, std::string why) {
  count("outsiders");
  note("an outsider: " + why);
  Outsider outsider{std::move(group), outside_from, std::move(why)};
  if (outsiders_.size() < kOutsiders) {
    outsiders_.push_back(std::move(outsider));
  } else {
    outsiders_[below(kOutsiders)] = std::move(outsider);
  }
}

// One of them gets one of the latest messages of either kind.
void Simulation::try_old_keys() {
  if (outsiders_.empty()) return;
  Outsider& outsider = outsiders_[below(outsiders_.size())];
  if (log_->size() > 0) {
    const Entry& entry = log_->at(log_->size() - 1 - below(std::min<std::size_t>(8, log_->size())));
    if (entry.epoch >= outsider.outside_from) {
      outsider_must_fail(outsider, entry.message, "a handshake message");
    }
  }
  if (said_.empty()) return;
  const Said& said = said_[below(said_.size())];
  if (said.epoch >= outsider.outside_from) {
    outsider_must_fail(outsider, said.message, "an application message");
  }
}

// As it came, and as if it were of an epoch whose keys the outsider has.
void Simulation::outsider_must_fail(Outsider& outsider, ByteView message, std::string_view what) {
  HandleOptions options = handling();
  std::vector<std::uint64_t> epochs = outsider.group.past_epochs();
  epochs.push_back(outsider.group.epoch());
  const Bytes readdressed = with_epoch(message, epochs[below(epochs.size())]);
  for (ByteView tried : {message, ByteView(readdressed)}) {
    if (outsider.group.handle(tried, options)) {
      return fail("an outsider reads " + std::string(what) + ": " + outsider.why);
    }
  }
  count("outsiders' attempts");
}

// Nothing if its own group knows that it is over.
std::optional<Bytes> Simulation::make_up(Group& group, LeafIndex victim) {
  std::optional<Bytes> made;
  const std::uint64_t roll = random_.below(3);
  if (roll == 0) {
    if (auto message = group.protect(as_bytes("I am still here"), {}, keys_)) made = *message;
  } else if (roll == 1) {
    if (auto message = group.propose({Remove{victim}}, {}, keys_)) made = *message;
  } else {
    if (auto messages = group.commit({}, keys_)) made = messages->commit;
  }
  return made;
}

// It speaks, proposes and commits as its group lets it; no member listens, whatever epoch it says.
void Simulation::forge(Outsider& outsider) {
  Member& member = somebody();
  if (member.group.epoch() < outsider.outside_from) return;
  const auto message = make_up(outsider.group, member.group.own_leaf());
  if (!message) return;
  must_refuse(member, *message, "of an outsider");
  must_refuse(member, with_epoch(*message, member.group.epoch()), "of an outsider, readdressed");
  count("forgeries");
}

}  // namespace sotto::mls::sim
