#include "sim/mls/delivery_service.h"

#include <utility>

namespace sotto::mls::sim {

std::size_t DeliveryService::append(Entry entry) {
  std::uint64_t epoch = epochs_.back();
  bool first = entry.kind == EntryKind::kCommit && entry.epoch == epoch;
  epochs_.push_back(first ? epoch + 1 : epoch);
  log_.push_back(std::move(entry));
  return log_.size() - 1;
}

}  // namespace sotto::mls::sim
