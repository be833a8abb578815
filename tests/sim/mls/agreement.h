// What everybody in one epoch has to have in common. The first who gets there says what it is.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "mls/group/group.h"

namespace sotto::mls::sim {

class Agreement {
 public:
  using Value = std::array<std::uint8_t, 32>;
  struct Epoch {
    Value epoch_authenticator;
    Value exported;
    GroupContext context;  // with the tree hash and the transcript hash
  };

  // What `group` has otherwise than others in its epoch; empty if nothing.
  std::string check(const Group& group);
  // The same but for the exporter, which costs more: for every step.
  std::string check_again(const Group& group) const;

  // Nothing that an outsider holds may be what the members of any epoch agree on.
  bool is_shared(const Secret<32>& epoch_authenticator) const;

  // A commit added somebody who does not know the epochs before.
  void note_newcomers(std::uint64_t epoch) { newcomers_[epoch] = true; }
  bool has_newcomers(std::uint64_t epoch) const { return newcomers_.contains(epoch); }

 private:
  std::map<std::uint64_t, Epoch> epochs_;
  std::map<std::uint64_t, bool> newcomers_;
  std::map<Value, std::uint64_t> by_authenticator_;
};

}  // namespace sotto::mls::sim
