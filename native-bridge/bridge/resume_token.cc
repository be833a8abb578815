#include "bridge/resume_token.h"

#include "base/base64url.h"

namespace sotto::bridge {

std::string ResumeToken::renew(RandomSource& random) {
  random.fill(bytes_);
  set_ = true;
  return to_base64url(bytes_);
}

bool ResumeToken::matches(std::string_view text) const {
  const auto given = from_base64url(text);
  if (!set_ || !given || given->size() != bytes_.size()) return false;
  volatile std::uint8_t difference = 0;
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    difference = static_cast<std::uint8_t>(difference | (bytes_[i] ^ (*given)[i]));
  }
  return difference == 0;
}

void ResumeToken::wipe() {
  volatile std::uint8_t* bytes = bytes_.data();
  for (std::size_t i = 0; i < bytes_.size(); ++i) bytes[i] = 0;
}

}  // namespace sotto::bridge
