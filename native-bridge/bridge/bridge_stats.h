// Counters for /healthz, metrics and logs. Plain numbers; nothing in them tells who anybody is.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sotto::bridge {

struct BridgeStats {
  std::size_t sockets = 0;
  std::size_t rooms = 0;
  std::size_t endpoints = 0;       // with those that wait for a lost socket
  std::size_t endpoints_away = 0;  // of these, whose socket is lost and may be resumed
  std::size_t paths = 0;

  std::uint64_t joins = 0;
  std::uint64_t resumes = 0;
  std::uint64_t messages_in = 0;
  std::uint64_t messages_out = 0;
  std::uint64_t messages_refused = 0;  // by the rate limit
  std::uint64_t tokens_accepted = 0;
  std::uint64_t tokens_refused = 0;  // and joins without one where it is needed

  // Of the group's delivery: messages forwarded, and what is kept for those who come back.
  std::uint64_t handshakes = 0;
  std::uint64_t key_packages = 0;
  std::uint64_t welcomes = 0;
  std::uint64_t applications = 0;
  std::size_t backlog_bytes = 0;

  std::uint64_t datagrams_in = 0;
  std::uint64_t datagrams_unroutable = 0;  // from a path that nobody has claimed
  std::uint64_t datagrams_dropped = 0;     // the queue to the shell was full
  std::uint64_t rtp_in = 0;
  std::uint64_t rtp_forwarded = 0;
  std::uint64_t rtp_resent = 0;  // answers to NACK
  std::uint64_t rtp_dropped = 0;
  bool draining = false;  // shutdown() was called
};

}  // namespace sotto::bridge
