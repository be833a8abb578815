#include "compat/livekit.h"

#include <array>
#include <cstring>

#include "compat/trailer_participant.h"
#include "crypto/hkdf.h"
#include "crypto/pbkdf2.h"

namespace sotto {
namespace {

constexpr std::string_view kSalt = "LKFrameEncryptionKey";
constexpr std::uint32_t kIterations = 100'000;
constexpr std::array<std::uint8_t, 128> kInfo{};  // zeros

// The key and the next material are the same bytes; see the header.
RatchetStep both_from(const Secret<32>& derived) {
  return {.key = Secret<32>(derived.view()), .next = Secret<32>(derived.view())};
}

Result<RatchetStep> from_raw(ByteView material) {
  Secret<32> prk;
  Secret<32> derived;
  TRY_VOID(hkdf_extract(Hash::kSha256, as_bytes(kSalt), material, prk.writable()));
  TRY_VOID(hkdf_expand(Hash::kSha256, prk.view(), kInfo, derived.writable()));
  return both_from(derived);
}

Result<RatchetStep> from_passphrase(ByteView material) {
  Secret<32> derived;
  TRY_VOID(pbkdf2_sha256(material, as_bytes(kSalt), kIterations, derived.writable()));
  return both_from(derived);
}

// Its own inverse.
std::uint32_t below_timestamp(std::uint32_t timestamp, std::uint32_t value) {
  return timestamp - value;
}

}  // namespace

Result<std::unique_ptr<Participant>> make_livekit_participant(bool key_256, RandomSource& random) {
  const TrailerFormat format = {
      .algorithm = key_256 ? AeadAlgorithm::kAes256Gcm : AeadAlgorithm::kAes128Gcm,
      .clear_prefix = livekit_clear_prefix,
      .fold = below_timestamp,
      .from_raw = from_raw,
      .min_raw = 16,
      .max_raw = 256,
      .from_passphrase = from_passphrase,
  };
  return std::unique_ptr<Participant>(std::make_unique<TrailerParticipant>(format, random));
}

}  // namespace sotto
