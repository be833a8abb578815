// What proves that a new WebSocket belongs to an endpoint whose socket was lost: 32 random bytes.
// Whoever has it takes over the endpoint, so it is compared in constant time, wiped when it is
// replaced, and never logged.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.h"

namespace sotto::bridge {

class ResumeToken {
 public:
  ResumeToken() = default;  // matches nothing
  ~ResumeToken() { wipe(); }
  ResumeToken(const ResumeToken&) = delete;
  ResumeToken& operator=(const ResumeToken&) = delete;

  // Forgets the present token. The text goes to the client, base64url.
  std::string renew(RandomSource& random);
  // The time taken tells nothing of where a difference is.
  bool matches(std::string_view text) const;

 private:
  void wipe();

  std::array<std::uint8_t, 32> bytes_{};
  bool set_ = false;
};

}  // namespace sotto::bridge
