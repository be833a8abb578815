#include "sframe/key_schedule.h"

#include <string_view>

#include "base/byte_writer.h"

namespace sotto {
namespace {

constexpr std::string_view kKeyLabel = "SFrame 1.0 Secret key ";
constexpr std::string_view kSaltLabel = "SFrame 1.0 Secret salt ";

Result<void> expand(const SuiteParameters& parameters, ByteView secret, std::string_view label,
                    std::uint64_t kid, CipherSuite suite, MutableBytes out) {
  std::uint8_t info[kSaltLabel.size() + 8 + 2];
  ByteWriter writer(info);
  writer.bytes(as_bytes(label));
  writer.u64(kid);
  writer.u16(static_cast<std::uint16_t>(suite));
  return hkdf_expand(parameters.hash, secret, writer.written(), out);
}

}  // namespace

Result<KeySchedule> derive_key_schedule(CipherSuite suite, std::uint64_t kid, ByteView base_key) {
  if (base_key.empty()) return fail(Error::kInvalidArgument);
  TRY(const SuiteParameters constants, parameters(suite));
  Secret<kMaxHashSize> secret;
  MutableBytes sframe_secret = MutableBytes(secret.writable()).first(hash_size(constants.hash));
  TRY_VOID(hkdf_extract(constants.hash, {}, base_key, sframe_secret));

  KeySchedule keys;
  keys.nk = constants.nk;
  TRY_VOID(expand(constants, sframe_secret, kKeyLabel, kid, suite,
                  MutableBytes(keys.sframe_key.writable()).first(keys.nk)));
  TRY_VOID(expand(constants, sframe_secret, kSaltLabel, kid, suite, keys.sframe_salt.writable()));
  return keys;
}

}  // namespace sotto
