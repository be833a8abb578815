// Base keys of passphrases, each derived once: participants that share a passphrase share the work.
//
//   base_key = PBKDF2-HMAC-SHA256(passphrase, "sotto sender key 1", 600,000 iterations, 32 bytes)
//
// The salt is fixed because nothing else is shared beforehand: equal passphrases give equal keys
// everywhere, so a passphrase must be long and used once.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "sframe/base_key.h"

namespace sotto {

class PassphraseKeys {
 public:
  static constexpr std::uint32_t kIterations = 600'000;
  static constexpr std::size_t kMaxPassphraseSize = 1024;
  static constexpr std::size_t kRemembered = 4;

  // kInvalidArgument for a passphrase that is empty or longer than kMaxPassphraseSize. Takes a good
  // part of a second unless it is one of the last kRemembered.
  Result<BaseKey> key_of(ByteView passphrase);

  std::uint64_t derivations() const { return derivations_; }

 private:
  struct Known {
    Secret<32> mark;  // an HMAC of the passphrase; it leaks no more than the key beside it
    BaseKey key{32};
    bool used = false;
  };

  std::array<Known, kRemembered> known_;
  std::size_t next_ = 0;
  std::uint64_t derivations_ = 0;
};

}  // namespace sotto
