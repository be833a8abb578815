#include "bridge/path_table.h"

#include <algorithm>

#include "datagram/classify.h"
#include "stun/message.h"

namespace sotto::bridge {

void PathTable::register_ufrag(MediaConnection& connection) {
  std::erase_if(connection.ufrags, [&](const std::string& ufrag) {
    if (connection.transport.answers_to(ufrag)) return false;
    ufrags_.erase(ufrag);
    return true;
  });
  const std::string& ufrag = connection.transport.local_ice().ufrag;
  if (ufrags_.insert_or_assign(ufrag, &connection).second) connection.ufrags.push_back(ufrag);
}

void PathTable::forget(MediaConnection& connection) {
  for (const std::string& ufrag : connection.ufrags) ufrags_.erase(ufrag);
  connection.ufrags.clear();
  for (const Path& path : connection.paths) erase(path);
  connection.paths.clear();
}

MediaConnection* PathTable::named_by(ByteView datagram) const {
  if (classify(datagram) != DatagramKind::kStun) return nullptr;
  const auto ufrag = stun::local_ufrag(datagram);
  if (!ufrag) return nullptr;
  const auto found = ufrags_.find(*ufrag);
  return found == ufrags_.end() ? nullptr : found->second;
}

MediaConnection* PathTable::route(Time now, const Path& path, ByteView datagram) {
  const auto held = paths_.find(path);
  if (held == paths_.end()) return named_by(datagram);
  const Entry& entry = held->second;
  if (classify(datagram) != DatagramKind::kStun) return entry.connection;
  MediaConnection* named = named_by(datagram);
  if (named == nullptr || named == entry.connection) return entry.connection;
  const bool silent = now - entry.last_check >= lifetime_;
  return silent ? named : nullptr;
}

void PathTable::after_check(Time now, const Path& path, MediaConnection& connection) {
  if (!connection.transport.is_valid_path(path)) return;
  const auto [held, is_new] = paths_.try_emplace(path, Entry{&connection, now});
  held->second.last_check = now;
  if (!is_new) std::erase(held->second.connection->paths, path);
  held->second.connection = &connection;
  if (path.is_tcp()) tcp_[path.connection] = path;
  if (connection.paths.size() >= paths_per_connection_) {
    erase(connection.paths.front());
    connection.paths.erase(connection.paths.begin());
  }
  connection.paths.push_back(path);
}

MediaConnection* PathTable::close_tcp(std::uint64_t tcp_connection, Path& path) {
  const auto found = tcp_.find(tcp_connection);
  if (found == tcp_.end()) return nullptr;
  path = found->second;
  MediaConnection* connection = nullptr;
  if (const auto held = paths_.find(path); held != paths_.end()) {
    connection = held->second.connection;
    std::erase(connection->paths, path);
  }
  erase(path);
  return connection;
}

void PathTable::erase(const Path& path) {
  // A copy: `path` may live in what is erased.
  const Path gone = path;
  paths_.erase(gone);
  if (gone.is_tcp()) tcp_.erase(gone.connection);
}

}  // namespace sotto::bridge
