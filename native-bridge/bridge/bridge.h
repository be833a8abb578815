// The bridge without sockets or clock: signalling texts and datagrams in, texts and datagrams
// out. The only thing that the shell drives:
//
//   1. call one or more handle_*(now, ...);
//   2. send everything of poll_message() until it is empty, then all of datagrams(), and clear()
//      it (in this order: a seat is announced before its first packet); write poll_log() to the
//      log until it is empty;
//   3. call handle_timeout(now) when next_timeout() has come, and go to 2.
//
// Step 2 may be put off for a batch of datagrams, but not once datagrams() holds some thousands:
// one packet may become one for each of 500 receivers, and what does not fit is dropped. One
// thread; not reentrant.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "auth/key_set.h"
#include "base/bytes.h"
#include "base/random.h"
#include "base/time.h"
#include "bridge/bridge_config.h"
#include "bridge/bridge_stats.h"
#include "bridge/log_event.h"
#include "datagram/datagram_queue.h"
#include "datagram/path.h"

namespace sotto::bridge {

class Identity;

// The shell's number of one WebSocket; never reused while the process lives.
using SocketId = std::uint64_t;

// A WebSocket close frame (RFC 6455 section 5.5.1).
struct Close {
  std::uint16_t code = 1000;
  std::string reason;
};

class Bridge {
 public:
  // `identity` (the DTLS certificate and key) and `random` (cryptographically strong) outlive it.
  Bridge(const BridgeConfig& config, const Identity& identity, RandomSource& random);
  ~Bridge();
  Bridge(const Bridge&) = delete;
  Bridge& operator=(const Bridge&) = delete;

  // A WebSocket of subprotocol sotto.v1 is open. `remote_ip` goes to debug logs only.
  void handle_open(Time now, SocketId socket, std::string_view remote_ip);
  // One text frame. A message over the limit that the shell refused to read: pass its length to
  // handle_oversized instead.
  void handle_message(Time now, SocketId socket, std::string_view text);
  // One binary frame: a message of the group (docs/protocol.md, "Delivery of group messages").
  void handle_binary(Time now, SocketId socket, ByteView frame);
  // Answers `too-large` and closes with 1009.
  void handle_oversized(Time now, SocketId socket);
  // The socket is gone, whoever closed it. Closing what was closed is no error.
  void handle_close(Time now, SocketId socket);

  // One datagram (or one frame of ICE-TCP). Decrypted in place.
  void handle_datagram(Time now, const Path& path, MutableBytes datagram);
  void handle_path_closed(Time now, std::uint64_t tcp_connection);

  // The keys whose tokens are taken from now on, in rooms that need one. Until there are some, no
  // token admits.
  void set_token_keys(std::shared_ptr<const auth::KeySet> keys);
  // What time of day it is, in seconds since 1970: dates in tokens are judged by it, and until it
  // is told all have expired. From then on it goes with `now`; tell it again when clocks may have
  // moved.
  void set_unix_time(Time now, auth::UnixSeconds seconds);

  void handle_timeout(Time now);
  // When handle_timeout() is wanted next; Time::max() for never.
  Time next_timeout() const;

  DatagramQueue& datagrams();

  // A text or a binary frame; neither when there is only a close. After a `close` nothing more
  // comes for that socket, and what it still sends is ignored.
  struct Outgoing {
    SocketId socket = 0;
    std::string text;
    std::shared_ptr<const std::string> binary;  // one for all its receivers
    std::optional<Close> close;
  };
  std::optional<Outgoing> poll_message();

  // Says `bye` to everybody and closes their sockets; later joins are refused with `room-full`.
  void shutdown(Time now);

  BridgeStats stats() const;
  std::optional<LogEvent> poll_log();

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

}  // namespace sotto::bridge
