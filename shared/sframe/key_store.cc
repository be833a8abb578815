#include "sframe/key_store.h"

#include <algorithm>

#include "crypto/constant_time.h"
#include "crypto/hkdf.h"

namespace sotto {

KeyStore::KeyStore(std::size_t capacity, std::size_t retired_windows)
    : capacity_(std::max<std::size_t>(capacity, 1)),
      retired_windows_(std::max<std::size_t>(retired_windows, 1)) {}

void KeyStore::grow(std::size_t capacity, std::size_t retired_windows) {
  capacity_ = std::max(capacity_, capacity);
  retired_windows_ = std::max(retired_windows_, retired_windows);
}

Result<void> KeyStore::put(std::uint64_t kid, CipherSuite suite, ByteView base_key) {
  if (contains(kid)) return fail(Error::kAlreadyExists);
  TRY(Context && context, Context::create(suite, kid, base_key));
  TRY(const KeyMark mark, mark_of(suite, base_key));
  add(kid, Decryptor(std::move(context), window_of(kid, mark)), mark);
  return {};
}

Result<std::size_t> KeyStore::put_if_opens(CipherSuite suite, ByteView base_key,
                                           const Header& header, std::size_t header_size,
                                           ByteView metadata, ByteView sframe, MutableBytes out) {
  if (contains(header.kid)) return fail(Error::kAlreadyExists);
  TRY(Context && context, Context::create(suite, header.kid, base_key));
  TRY(const KeyMark mark, mark_of(suite, base_key));
  Decryptor decryptor(std::move(context), window_of(header.kid, mark));
  TRY(const std::size_t size, decryptor.decrypt(header, header_size, metadata, sframe, out));
  add(header.kid, std::move(decryptor), mark);
  return size;
}

void KeyStore::add(std::uint64_t kid, Decryptor&& decryptor, const KeyMark& mark) {
  Record* record = record_of(kid);
  if (record == nullptr) {
    auto at = records_.begin() + static_cast<std::ptrdiff_t>(position_of(kid));
    record = records_.insert(at, std::make_unique<Record>())->get();
    record->kid = kid;
  }
  retired_ -= record->retired_at != 0 ? 1 : 0;
  expired_ -= record->expired_at != 0 ? 1 : 0;
  record->retired_at = record->expired_at = 0;
  record->decryptor.emplace(std::move(decryptor));
  record->mark = mark;
  record->last_use = ++events_;
  if (++size_ <= capacity_) return;
  // Its key may come back any time, so it does not count as expired.
  put_away(*oldest(&Record::last_use));
  sweep();
}

bool KeyStore::erase(std::uint64_t kid) {
  return erase_if([kid](std::uint64_t each) { return each == kid; }) != 0;
}

bool KeyStore::set_expiry(std::uint64_t kid, Time at) {
  if (!contains(kid)) return false;
  record_of(kid)->expiry = at;
  return true;
}

std::size_t KeyStore::expire(Time now) {
  const std::size_t before = size_;
  for (auto& record : records_) {
    if (record->expiry && *record->expiry <= now) retire(*record);
  }
  sweep();
  return before - size_;
}

std::optional<Time> KeyStore::next_expiry() const {
  std::optional<Time> next;
  for (const auto& record : records_) {
    if (record->expiry && (!next || *record->expiry < *next)) next = record->expiry;
  }
  return next;
}

Result<std::size_t> KeyStore::decrypt(const Header& header, std::size_t header_size,
                                      ByteView metadata, ByteView sframe, MutableBytes out) {
  Record* record = record_of(header.kid);
  if (record == nullptr || !record->decryptor) return fail(why_absent(header.kid));
  TRY(const std::size_t size,
      record->decryptor->decrypt(header, header_size, metadata, sframe, out));
  record->last_use = ++events_;
  return size;
}

const Decryptor* KeyStore::find(std::uint64_t kid) const {
  const Record* record = record_of(kid);
  return record != nullptr && record->decryptor ? &*record->decryptor : nullptr;
}

// Where the KID's record is, or would be.
std::size_t KeyStore::position_of(std::uint64_t kid) const {
  std::size_t first = 0, last = records_.size();
  while (first < last) {
    const std::size_t middle = (first + last) / 2;
    if (records_[middle]->kid < kid) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return first;
}

KeyStore::Record* KeyStore::record_of(std::uint64_t kid) const {
  const std::size_t at = position_of(kid);
  return at < records_.size() && records_[at]->kid == kid ? records_[at].get() : nullptr;
}

// The record for which `event` was longest ago.
KeyStore::Record* KeyStore::oldest(std::uint64_t Record::*event) const {
  Record* found = nullptr;
  for (const auto& record : records_) {
    const std::uint64_t when = (*record).*event;
    if (when != 0 && (found == nullptr || when < found->*event)) found = record.get();
  }
  return found;
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
  const Record* record = record_of(kid);
  return record != nullptr && record->expired_at != 0 ? Error::kExpired : Error::kUnknownKey;
}

ReplayWindow KeyStore::window_of(std::uint64_t kid, const KeyMark& mark) const {
  const Record* record = record_of(kid);
  if (record == nullptr || record->retired_at == 0) return {};
  return equal_constant_time(record->mark, mark) ? record->window : ReplayWindow{};
}

void KeyStore::retire(Record& record) {
  put_away(record);
  record.expired_at = ++events_;
  if (++expired_ <= kRememberedKids) return;
  oldest(&Record::expired_at)->expired_at = 0;
  --expired_;
}

// Keeps the window for when the key comes back.
void KeyStore::put_away(Record& record) {
  const ReplayWindow window = record.decryptor->window();
  record.decryptor.reset();
  record.expiry.reset();
  record.last_use = 0;
  --size_;
  // A window that has seen nothing protects nothing, and must not push out one that does.
  if (window == ReplayWindow{}) return;
  record.window = window;
  record.retired_at = ++events_;
  if (++retired_ <= retired_windows_) return;
  oldest(&Record::retired_at)->retired_at = 0;
  --retired_;
}

// Drops the records that tell nothing any more.
void KeyStore::sweep() {
  std::erase_if(records_, [](const std::unique_ptr<Record>& record) {
    return !record->decryptor && record->retired_at == 0 && record->expired_at == 0;
  });
}

}  // namespace sotto
