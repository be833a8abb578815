#include "compat/dave_ratchet.h"

#include <string_view>
#include <utility>

#include "base/byte_writer.h"
#include "crypto/hkdf.h"

namespace sotto {
namespace {

// HKDF-Expand(secret, u16 size || u8 length || "MLS 1.0 " label || u8 4 || BE32 generation, size)
Result<void> expand_with_label(ByteView secret, std::string_view label, unsigned generation,
                               MutableBytes out) {
  constexpr std::string_view kPrefix = "MLS 1.0 ";
  std::uint8_t buffer[32];
  ByteWriter info(buffer);
  info.u16(static_cast<std::uint16_t>(out.size()));
  info.u8(static_cast<std::uint8_t>(kPrefix.size() + label.size()));
  info.bytes(as_bytes(kPrefix));
  info.bytes(as_bytes(label));
  info.u8(4);
  info.u32(generation);
  if (!info.ok()) return fail(Error::kInvalidArgument);
  return hkdf_expand(Hash::kSha256, secret, info.written(), out);
}

}  // namespace

Result<DaveRatchet> DaveRatchet::create(ByteView base_secret) {
  if (base_secret.size() != kBaseSecretSize) return fail(Error::kInvalidArgument);
  DaveRatchet ratchet;
  std::memcpy(ratchet.secret_.writable().data(), base_secret.data(), kBaseSecretSize);
  return ratchet;
}

Result<void> DaveRatchet::reach(unsigned generation) {
  for (; reached_ <= generation; ++reached_) {
    const ByteView secret = ByteView(secret_.view()).first(secret_size_);
    Key key;
    Secret<32> next;
    TRY_VOID(expand_with_label(secret, "key", reached_, key.writable()));
    TRY_VOID(expand_with_label(secret, "secret", reached_, next.writable()));
    keys_[reached_] = std::move(key);
    secret_ = std::move(next);
    secret_size_ = Secret<32>::kSize;
  }
  return {};
}

Result<Aead*> DaveRatchet::cipher(unsigned generation, Time now) {
  expire(now);
  if (generation >= kGenerations || generation > newest_ + kMaxAhead) {
    return fail(Error::kTooLarge);
  }
  if (generation < oldest_) return fail(Error::kExpired);
  Slot& slot = generation == newest_ ? current_ : other_;
  if (slot.generation != generation) {
    TRY_VOID(reach(generation));
    TRY(slot.aead, make_aead(AeadAlgorithm::kAes128Gcm_64, keys_[generation]->view()));
    slot.generation = generation;
  }
  return slot.aead.get();
}

void DaveRatchet::used(unsigned generation, Time now) {
  if (generation <= newest_) return;
  newest_ = generation;
  std::swap(current_, other_);  // the cipher that opened the frame lies in other_
  forget_older_at_ = now + kRetention;
}

void DaveRatchet::expire(Time now) {
  if (now < forget_older_at_) return;
  for (; oldest_ < newest_; ++oldest_) keys_[oldest_].reset();
  if (other_.generation < oldest_) other_ = Slot{};
  forget_older_at_ = Time::max();
}

}  // namespace sotto
