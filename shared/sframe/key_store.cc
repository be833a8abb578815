#include "sframe/key_store.h"

#include <algorithm>

#include "crypto/constant_time.h"
#include "crypto/hkdf.h"

namespace sotto {

namespace {

void forget(std::deque<std::uint64_t>& order, std::uint64_t kid) {
  order.erase(std::find(order.begin(), order.end(), kid));
}

}  // namespace

KeyStore::KeyStore(std::size_t capacity, std::size_t retired_windows)
    : capacity_(std::max<std::size_t>(capacity, 1)),
      retired_windows_(std::max<std::size_t>(retired_windows, 1)) {}

Result<void> KeyStore::put(std::uint64_t kid, CipherSuite suite, ByteView base_key) {
  if (contains(kid)) return fail(Error::kAlreadyExists);
  TRY(Context context, Context::create(suite, kid, base_key));
  TRY(const KeyMark mark, mark_of(suite, base_key));
  add(kid, Decryptor(std::move(context), window_of(kid, mark)), mark);
  return {};
}

Result<std::size_t> KeyStore::put_if_opens(CipherSuite suite, ByteView base_key,
                                           const Header& header, std::size_t header_size,
                                           ByteView metadata, ByteView sframe, MutableBytes out) {
  if (contains(header.kid)) return fail(Error::kAlreadyExists);
  TRY(Context context, Context::create(suite, header.kid, base_key));
  TRY(const KeyMark mark, mark_of(suite, base_key));
  Decryptor decryptor(std::move(context), window_of(header.kid, mark));
  TRY(const std::size_t size, decryptor.decrypt(header, header_size, metadata, sframe, out));
  add(header.kid, std::move(decryptor), mark);
  return size;
}

// Takes the KID out of the memories of what is gone.
void KeyStore::add(std::uint64_t kid, Decryptor decryptor, const KeyMark& mark) {
  if (retired_.erase(kid) != 0) forget(retired_order_, kid);
  if (expired_.erase(kid) != 0) forget(expired_order_, kid);
  if (entries_.size() >= capacity_) evict_one();
  entries_.emplace(kid, Entry{.decryptor = std::move(decryptor),
                              .mark = mark,
                              .last_use = ++uses_,
                              .expiry = std::nullopt});
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
  if (entry == entries_.end()) return fail(why_absent(header.kid));
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

Error KeyStore::why_absent(std::uint64_t kid) const {
  return expired_.count(kid) != 0 ? Error::kExpired : Error::kUnknownKey;
}

ReplayWindow KeyStore::window_of(std::uint64_t kid, const KeyMark& mark) const {
  auto retired = retired_.find(kid);
  if (retired == retired_.end()) return {};
  const bool same = equal_constant_time(retired->second.mark, mark);
  return same ? retired->second.window : ReplayWindow{};
}

KeyStore::Entries::iterator KeyStore::retire(Entries::iterator entry) {
  remember_expired(entry->first);
  return put_away(entry);
}

// Keeps the window for when the key comes back.
KeyStore::Entries::iterator KeyStore::put_away(Entries::iterator entry) {
  const std::uint64_t kid = entry->first;
  // A window that has seen nothing protects nothing, and must not push out one that does.
  if (entry->second.decryptor.window() == ReplayWindow{}) return entries_.erase(entry);
  if (retired_order_.size() >= retired_windows_) {
    retired_.erase(retired_order_.front());
    retired_order_.pop_front();
  }
  retired_.insert_or_assign(
      kid, Retired{.mark = entry->second.mark, .window = entry->second.decryptor.window()});
  retired_order_.push_back(kid);
  return entries_.erase(entry);
}

void KeyStore::remember_expired(std::uint64_t kid) {
  if (expired_order_.size() >= kRememberedKids) {
    expired_.erase(expired_order_.front());
    expired_order_.pop_front();
  }
  expired_.insert(kid);
  expired_order_.push_back(kid);
}

// Its key may come back any time, so it does not count as expired.
void KeyStore::evict_one() {
  auto oldest = std::min_element(
      entries_.begin(), entries_.end(),
      [](const auto& a, const auto& b) { return a.second.last_use < b.second.last_use; });
  if (oldest != entries_.end()) put_away(oldest);
}

}  // namespace sotto
