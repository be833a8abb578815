#include "mls/group/psk_store.h"

#include <algorithm>

namespace sotto::mls {
namespace {

template <typename Entries, typename Matches>
const Bytes* find(const Entries& entries, Matches matches) {
  auto found = std::find_if(entries.begin(), entries.end(), matches);
  return found == entries.end() ? nullptr : &found->psk;
}

template <typename Entries, typename Matches>
void erase_where(Entries& entries, Matches matches) {
  entries.erase(std::remove_if(entries.begin(), entries.end(), matches), entries.end());
}

auto is_external(ByteView psk_id) {
  return [psk_id](const auto& entry) { return equal(entry.psk_id, psk_id); };
}

auto is_resumption(ByteView psk_group_id, std::uint64_t psk_epoch) {
  return [psk_group_id, psk_epoch](const auto& entry) {
    return entry.psk_epoch == psk_epoch && equal(entry.psk_group_id, psk_group_id);
  };
}

}  // namespace

void MemoryPskStore::add_external(ByteView psk_id, Bytes psk) {
  erase_external(psk_id);
  external_.push_back({to_bytes(psk_id), std::move(psk)});
}

void MemoryPskStore::add_resumption(ByteView psk_group_id, std::uint64_t psk_epoch, Bytes psk) {
  erase_resumption(psk_group_id, psk_epoch);
  resumption_.push_back({to_bytes(psk_group_id), psk_epoch, std::move(psk)});
}

void MemoryPskStore::erase_external(ByteView psk_id) {
  erase_where(external_, is_external(psk_id));
}

void MemoryPskStore::erase_resumption(ByteView psk_group_id, std::uint64_t psk_epoch) {
  erase_where(resumption_, is_resumption(psk_group_id, psk_epoch));
}

const Bytes* MemoryPskStore::external(ByteView psk_id) const {
  return find(external_, is_external(psk_id));
}

const Bytes* MemoryPskStore::resumption(ByteView psk_group_id, std::uint64_t psk_epoch) const {
  return find(resumption_, is_resumption(psk_group_id, psk_epoch));
}

}  // namespace sotto::mls
