#include "sframe/key_store.h"

#include <algorithm>

#include "crypto/constant_time.h"
#include "crypto/hkdf.h"

namespace sotto {

KeyStore::KeyStore(std::size_t capacity) : capacity_(std::max<std::size_t>(capacity, 1)) {}

Result<void> KeyStore::put(std::uint64_t kid, CipherSuite suite, ByteView base_key) {
  if (contains(kid)) return fail(Error::kAlreadyExists);
  TRY(Context context, Context::create(suite, kid, base_key));
  TRY(const KeyMark mark, mark_of(suite, base_key));
  // Its window is taken first: the key that makes room could push it out.
  Decryptor decryptor(std::move(context), take_window(kid, mark));
  if (entries_.size() >= capacity_) evict_one();
  entries_.emplace(kid, Entry{.decryptor = std::move(decryptor),
                              .mark = mark,
                              .last_use = ++uses_,
                              .expiry = std::nullopt});
  return {};
}

bool KeyStore::erase(std::uint64_t kid) {
  auto entry = entries_.find(kid);
  if (entry == entries_.end()) return false;
  retire(entry);
  return true;
}

bool KeyStore::set_expiry(std::uint64_t kid, Time at) {
  auto entry = entries_.find(kid);
  if (entry == entries_.end()) return false;
  entry->second.expiry = at;
  return true;
}

std::size_t KeyStore::expire(Time now) {
  std::size_t erased = 0;
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    const bool due = entry->second.expiry && *entry->second.expiry <= now;
    entry = due ? retire(entry) : std::next(entry);
    erased += due ? 1 : 0;
  }
  return erased;
}

std::optional<Time> KeyStore::next_expiry() const {
  std::optional<Time> next;
  for (const auto& [kid, entry] : entries_) {
    if (entry.expiry && (!next || *entry.expiry < *next)) next = entry.expiry;
  }
  return next;
}

Result<std::size_t> KeyStore::decrypt(const Header& header, std::size_t header_size,
                                      ByteView metadata, ByteView sframe, MutableBytes out) {
  auto entry = entries_.find(header.kid);
  if (entry == entries_.end()) return fail(Error::kUnknownKey);
  TRY(const std::size_t size,
      entry->second.decryptor.decrypt(header, header_size, metadata, sframe, out));
  entry->second.last_use = ++uses_;
  return size;
}

const Decryptor* KeyStore::find(std::uint64_t kid) const {
  auto entry = entries_.find(kid);
  return entry == entries_.end() ? nullptr : &entry->second.decryptor;
}

Result<KeyStore::KeyMark> KeyStore::mark_of(CipherSuite suite, ByteView base_key) {
  const std::uint16_t number = static_cast<std::uint16_t>(suite);
  const std::uint8_t suite_bytes[2] = {static_cast<std::uint8_t>(number >> 8),
                                       static_cast<std::uint8_t>(number & 0xff)};
  KeyMark mark;
  TRY_VOID(hmac(Hash::kSha256, base_key, {as_bytes("sotto retired key"), suite_bytes}, mark));
  return mark;
}

ReplayWindow KeyStore::take_window(std::uint64_t kid, const KeyMark& mark) {
  auto retired = retired_.find(kid);
  if (retired == retired_.end()) return {};
  const bool same = equal_constant_time(retired->second.mark, mark);
  const ReplayWindow window = same ? retired->second.window : ReplayWindow{};
  retired_.erase(retired);
  retired_order_.erase(std::find(retired_order_.begin(), retired_order_.end(), kid));
  return window;
}

KeyStore::Entries::iterator KeyStore::retire(Entries::iterator entry) {
  const std::uint64_t kid = entry->first;
  // A window that has seen nothing protects nothing, and must not push out one that does.
  if (entry->second.decryptor.window() == ReplayWindow{}) return entries_.erase(entry);
  if (retired_order_.size() >= kRetiredWindows) {
    retired_.erase(retired_order_.front());
    retired_order_.pop_front();
  }
  retired_.insert_or_assign(
      kid, Retired{.mark = entry->second.mark, .window = entry->second.decryptor.window()});
  retired_order_.push_back(kid);
  return entries_.erase(entry);
}

void KeyStore::evict_one() {
  auto oldest = std::min_element(
      entries_.begin(), entries_.end(),
      [](const auto& a, const auto& b) { return a.second.last_use < b.second.last_use; });
  if (oldest != entries_.end()) retire(oldest);
}

}  // namespace sotto
