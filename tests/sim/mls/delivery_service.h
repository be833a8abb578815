// The delivery service of a simulated group: one log that numbers handshake messages. Every member
// reads all of it in its order, each at its own pace, and of the commits of one epoch the first one
// counts (RFC 9420 section 14).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "mls/bytes.h"

namespace sotto::mls::sim {

enum class EntryKind : std::uint8_t { kProposal, kCommit };

struct Entry {
  EntryKind kind;
  std::uint64_t epoch;  // in which it was sent
  std::size_t sender;   // a member's number
  Bytes message;
};

class DeliveryService {
 public:
  explicit DeliveryService(std::uint64_t first_epoch) : epochs_{first_epoch} {}

  // The number that the entry gets.
  std::size_t append(Entry entry);
  const Entry& at(std::size_t number) const { return log_[number]; }
  std::size_t size() const { return log_.size(); }

  // Whether it is the first commit of its epoch.
  bool wins(std::size_t number) const { return epochs_[number + 1] != epochs_[number]; }
  // Where whoever has read the entries below `position` must be.
  std::uint64_t epoch_at(std::size_t position) const { return epochs_[position]; }

 private:
  std::vector<Entry> log_;
  std::vector<std::uint64_t> epochs_;  // before each entry, and after the last
};

}  // namespace sotto::mls::sim
