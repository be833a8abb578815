// Where pre-shared keys are looked up (RFC 9420 section 8.4). A group knows the resumption PSKs of
// its own epochs; this is for external ones, and for resumption PSKs of groups that it does not
// come from.
#pragma once

#include <cstdint>
#include <vector>

#include "mls/bytes.h"

namespace sotto::mls {

class PskStore {
 public:
  virtual ~PskStore() = default;

  // The key, or null if there is none. What it points to must live until the store is next changed.
  virtual const Bytes* external(ByteView psk_id) const = 0;
  virtual const Bytes* resumption(ByteView psk_group_id, std::uint64_t psk_epoch) const = 0;
};

// Keeps keys until they are erased; then they are wiped.
class MemoryPskStore : public PskStore {
 public:
  void add_external(ByteView psk_id, Bytes psk);
  void add_resumption(ByteView psk_group_id, std::uint64_t psk_epoch, Bytes psk);
  void erase_external(ByteView psk_id);
  void erase_resumption(ByteView psk_group_id, std::uint64_t psk_epoch);

  const Bytes* external(ByteView psk_id) const override;
  const Bytes* resumption(ByteView psk_group_id, std::uint64_t psk_epoch) const override;

 private:
  struct External {
    Bytes psk_id;
    Bytes psk;
  };
  struct Resumption {
    Bytes psk_group_id;
    std::uint64_t psk_epoch;
    Bytes psk;
  };
  std::vector<External> external_;
  std::vector<Resumption> resumption_;
};

}  // namespace sotto::mls
