// A bridge, its clients and everything between them, in virtual time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "bridge/bridge.h"
#include "dtls/identity.h"
#include "sim/network.h"
#include "sim/participant.h"

namespace sotto::bridge::sim {

class World {
 public:
  explicit World(std::uint64_t seed, const BridgeConfig& config = default_config());

  static BridgeConfig default_config();

  // A client that opens a socket and joins.
  Participant& add(std::vector<Source> sources, const std::string& room = "quiet-otter");
  void leave(Participant& participant);
  // The WebSocket breaks; what was under way in it is lost.
  void drop_socket(Participant& participant);
  // Opens a new one and joins, with the resume token if there is one.
  void reconnect(Participant& participant);

  // A datagram that comes to the bridge now, whoever sent it.
  void inject(const Path& path, std::vector<std::uint8_t> datagram);

  void run_for(Duration span);
  // Runs until `done`, asked every 10 ms; false when that has not come within `limit`.
  template <typename Done>
  bool run_until(Duration limit, Done done) {
    for (const Time end = now + limit; now < end;) {
      run_for(std::chrono::milliseconds(10));
      if (done()) return true;
    }
    return done();
  }

  // Of everything that any client received, in order.
  std::uint64_t trace() const;

  Time now = from_microseconds(1'000'000);
  sotto::test::SeededRandom random;
  Identity identity;
  Bridge bridge;
  Network network;
  Duration socket_delay = std::chrono::milliseconds(10);
  std::vector<std::unique_ptr<Participant>> participants;
  std::vector<LogEvent> log;
  std::uint64_t texts_to_clients = 0;
  std::size_t most_queued = 0;  // datagrams between two flushes
  // Called before and after the bridge handles a datagram.
  std::function<void(bool before, ByteView)> around_datagram;

 private:
  struct Wire {
    bool to_bridge;
    SocketId socket;
    std::string text;
    std::optional<Close> close;
  };

  void step();
  void flush();
  void carry(Wire wire);
  void touched(Participant& participant);
  Participant* by_socket(SocketId socket);
  Participant* by_path(const Path& path);

  std::multimap<Time, Wire> wires_;
  std::map<SocketId, Participant*> sockets_;
  std::map<Participant*, SocketId> socket_of_;
  std::set<std::pair<Time, std::uint32_t>> due_;
  std::vector<Time> due_at_;
  SocketId last_socket_ = 0;
};

}  // namespace sotto::bridge::sim
