// Which connection a datagram belongs to. A new path is found by the ufrag of its first STUN check
// and kept only once the connection has authenticated it; after that the path alone decides.
//
// A path that somebody holds is not given away while its checks go on: an off-path attacker who
// forges a participant's address and checks it with credentials of his own would otherwise cut
// that participant off.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.h"
#include "bridge/media_connection.h"
#include "datagram/path.h"

namespace sotto::bridge {

class PathTable {
 public:
  // A path silent for `lifetime` may go to another connection; each connection holds
  // `paths_per_connection` at most, the oldest goes first.
  PathTable(Duration lifetime, std::size_t paths_per_connection)
      : lifetime_(lifetime), paths_per_connection_(paths_per_connection) {}

  // Routes the connection's present local ufrag to it, and forgets those it no longer answers to.
  void register_ufrag(MediaConnection& connection);
  // Forgets every name and path of the connection.
  void forget(MediaConnection& connection);

  // Where a datagram goes: nullptr for nobody.
  MediaConnection* route(Time now, const Path& path, ByteView datagram);
  // After the connection has handled a check on `path`: keeps the path if it is authenticated.
  void after_check(Time now, const Path& path, MediaConnection& connection);

  // The ICE-TCP connection is closed; whose it was, and its path.
  MediaConnection* close_tcp(std::uint64_t tcp_connection, Path& path);

  std::size_t size() const { return paths_.size(); }

 private:
  struct Entry {
    MediaConnection* connection;
    Time last_check;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  MediaConnection* named_by(ByteView datagram) const;
  void erase(const Path& path);

  Duration lifetime_;
  std::size_t paths_per_connection_;
  std::unordered_map<Path, Entry, PathHash> paths_;
  std::unordered_map<std::uint64_t, Path> tcp_;
  std::unordered_map<std::string, MediaConnection*, TextHash, std::equal_to<>> ufrags_;
};

}  // namespace sotto::bridge
