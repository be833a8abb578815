// The ICE-lite side of one PeerConnection (RFC 8445 section 2.5): it answers connectivity
// checks, sends none, and follows the peer's nomination.
//
// It tracks which paths have brought an authentic check, which of them carries media, and whether
// the peer still consents to receive. A lite agent has no consent checks of its own (RFC 7675), so
// the peer's checks are the proof that somebody there wants our packets: 30 s without one, and
// nothing more is sent until the next.
//
// Deliberate choices where the RFC leaves room:
// - Before a nomination, the first valid path is used. The latest nomination wins.
// - A check whose transaction id is among the last 64 is answered but changes nothing: neither a
//   late duplicate nor a freshly recorded check replayed from elsewhere moves media or prolongs
//   consent. STUN has no more than this against replay: an older one does both, until the peer's
//   next nomination.
// - The source address of an authentic check is believed. A peer that forges it directs what it
//   watches to somebody else; only checks of our own (RFC 7675) could tell.
// - What fails authentication is answered, if at all, with no more bytes than it had.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "base/time.h"
#include "datagram/datagram_queue.h"
#include "datagram/path.h"
#include "ice/ice_parameters.h"
#include "stun/message.h"

namespace sotto::bridge {

class LiteAgent {
 public:
  static constexpr Duration kConsentLifetime = std::chrono::seconds(30);
  static constexpr std::size_t kMaxPaths = 16;

  explicit LiteAgent(RandomSource& random);

  // For the next SDP: after prepare_restart() the new ones.
  const IceParameters& local() const { return pending_ ? *pending_ : active_; }
  // Whether a check for `ufrag` is answered here. After a restart the old ufrag is one too, until
  // the first check on the new.
  bool answers_to(std::string_view ufrag) const;
  // New local credentials (RFC 8445 section 9). The old pair carries media and answers its checks
  // until the first valid check on the new ones.
  void prepare_restart();

  // Handles what classify() calls STUN; the answer goes to `out`.
  void handle_datagram(Time now, const Path& path, ByteView datagram, DatagramQueue& out);
  void handle_timeout(Time now);
  Time next_timeout() const;
  // The path is gone (its TCP connection is closed).
  void forget(const Path& path);

  // An authentic check came by this path, and it has not been forgotten since.
  bool is_valid(const Path& path) const;
  // Where to send. Null before the first valid check, and while there is no consent.
  const Path* selected_path() const;

 private:
  struct ValidPath {
    Path path;
    Time last_check;
  };

  void handle_valid_check(Time now, const Path& path, const stun::Message& request);
  bool is_repeated(const stun::TransactionId& transaction);
  void touch(Time now, const Path& path);
  void select_freshest();

  RandomSource& random_;
  IceParameters active_;
  std::optional<IceParameters> pending_;
  std::vector<ValidPath> paths_;
  std::optional<Path> selected_;
  Time consent_until_ = Time::min();
  std::array<stun::TransactionId, 64> recent_{};
  std::size_t recent_count_ = 0;
};

}  // namespace sotto::bridge
