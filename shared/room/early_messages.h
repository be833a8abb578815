// Messages of an epoch, or of a group, that I am not in yet. Whoever knows the room's address can
// send such, so they wait for a while only, and where there is no room it is taken from the sender
// that has most of it: the oldest of that one's, since the latest are those that a Welcome is
// followed by. Who sent what is the service's claim; it could withhold everything as well.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <optional>

#include "base/time.h"
#include "mls/bytes.h"
#include "room/session_config.h"

namespace sotto::room {

struct EarlyMessage {
  Endpoint sender{};
  mls::Bytes bytes;
  Time since{};
};

class EarlyMessages {
 public:
  static constexpr std::size_t kMaxMessages = 256;
  static constexpr std::size_t kMaxBytes = std::size_t{2} << 20;

  explicit EarlyMessages(Duration life) : life_(life) {}

  // One that is too large for all the room that there is does not wait.
  void keep(const Endpoint& sender, ByteView bytes, Time now);
  void expire(Time now);
  // When the first of them will have waited too long.
  std::optional<Time> next_expiry() const;

  // The first one that matches goes out; all that match go; all go out.
  using Matches = std::function<bool(ByteView)>;
  std::optional<EarlyMessage> take_first(const Matches& matches);
  void erase_if(const Matches& matches);
  std::list<EarlyMessage> take_all();

  std::size_t size() const { return waiting_.size(); }
  std::size_t bytes() const { return bytes_; }

 private:
  using Waiting = std::list<EarlyMessage>;
  void erase(Waiting::iterator one);
  void make_room();

  Duration life_;
  Waiting waiting_;  // in the order of arrival
  std::size_t bytes_ = 0;
};

}  // namespace sotto::room
