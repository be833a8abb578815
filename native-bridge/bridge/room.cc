#include "bridge/room.h"

#include <cassert>
#include <utility>

namespace sotto::bridge {

Endpoint* Room::find(std::string_view endpoint) const {
  const auto found = endpoints.find(endpoint);
  return found == endpoints.end() ? nullptr : found->second.get();
}

Endpoint* Room::find(EndpointIndex index) const {
  return slot(index) < by_index.size() ? by_index[slot(index)] : nullptr;
}

void Room::add(std::unique_ptr<Endpoint> endpoint) {
  const std::size_t at = slot(endpoint->index);
  if (by_index.size() <= at) by_index.resize(at + 1);
  assert(by_index[at] == nullptr);
  by_index[at] = endpoint.get();
  endpoints.emplace(endpoint->id, std::move(endpoint));
}

std::unique_ptr<Endpoint> Room::remove(Endpoint& endpoint) {
  by_index[slot(endpoint.index)] = nullptr;
  auto node = endpoints.extract(endpoint.id);
  return std::move(node.mapped());
}

}  // namespace sotto::bridge
