// a=ice-ufrag and a=ice-pwd (RFC 8839 section 5.4).
#pragma once

#include <string>

#include "base/random.h"

namespace sotto::bridge {

struct IceParameters {
  std::string ufrag;
  std::string pwd;
  friend bool operator==(const IceParameters&, const IceParameters&) = default;

  // 72 random bits of ufrag, which make it unique among all transports of a bridge, and 192 of
  // password (RFC 8445 section 5.3 asks for 24 and 128).
  static IceParameters generate(RandomSource& random);
};

}  // namespace sotto::bridge
