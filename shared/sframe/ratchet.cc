#include "sframe/ratchet.h"

#include <string_view>

namespace sotto {
namespace {

constexpr std::string_view kLabel = "SFrame 1.0 Ratchet";

std::uint32_t distance(std::uint8_t from, std::uint8_t to) {
  return static_cast<std::uint8_t>(to - from);
}

}  // namespace

Result<BaseKey> ratchet_base_key(CipherSuite suite, const BaseKey& key, std::uint32_t steps) {
  TRY(const SuiteParameters constants, parameters(suite));
  const std::size_t size = hash_size(constants.hash);
  BaseKey current = key.copy();
  for (; steps > 0; --steps) {
    BaseKey extracted(size);
    TRY_VOID(hkdf_extract(constants.hash, {}, current.view(), extracted.writable()));
    BaseKey next(size);
    TRY_VOID(hkdf_expand(constants.hash, extracted.view(), as_bytes(kLabel), next.writable()));
    current = std::move(next);
  }
  return current;
}

Ratchet::Guesses Ratchet::guess(std::uint8_t step) const {
  Guesses guesses;
  auto add = [&guesses](std::uint32_t forward) { guesses.forward[guesses.count++] = forward; };
  const std::uint32_t forward = distance(this->step(), step);
  if (!origin_ && forward != 0) add(0);
  if (forward <= kMaxForward) add(forward);
  return guesses;
}

bool Ratchet::accept(std::uint8_t step, std::uint32_t forward, BaseKey&& key) {
  key_ = std::move(key);
  position_ += forward;
  origin_ = static_cast<std::uint8_t>(step - position_);
  return forward > 0;
}

Result<void> Ratchet::advance(CipherSuite suite) {
  if (++asked_ <= position_) return {};
  TRY(BaseKey && next, ratchet_base_key(suite, key_, 1));
  key_ = std::move(next);
  ++position_;
  return {};
}

}  // namespace sotto
