#include "compat/jframe.h"

#include "compat/trailer_participant.h"
#include "crypto/hkdf.h"

namespace sotto {
namespace {

constexpr std::size_t kRawSize = 32;

Result<Secret<32>> derive(ByteView material, std::string_view salt) {
  Secret<32> prk;
  Secret<32> out;
  TRY_VOID(hkdf_extract(Hash::kSha256, as_bytes(salt), material, prk.writable()));
  TRY_VOID(hkdf_expand(Hash::kSha256, prk.view(), {}, out.writable()));
  return out;
}

Result<RatchetStep> from_raw(ByteView material) {
  RatchetStep step;
  TRY(step.key, derive(material, "JFrameEncryptionKey"));  // of which 16 bytes count
  TRY(step.next, derive(material, "JFrameRatchetKey"));
  return step;
}

std::uint32_t plain_count(std::uint32_t, std::uint32_t value) {
  return value;
}

}  // namespace

Result<std::unique_ptr<Participant>> make_jframe_participant(RandomSource& random) {
  const TrailerFormat format = {
      .algorithm = AeadAlgorithm::kAes128Gcm,
      .clear_prefix = jframe_clear_prefix,
      .fold = plain_count,
      .from_raw = from_raw,
      .min_raw = kRawSize,
      .max_raw = kRawSize,
  };
  return std::unique_ptr<Participant>(std::make_unique<TrailerParticipant>(format, random));
}

}  // namespace sotto
