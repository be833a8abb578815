// The primitives of SFrame with every number given, for published vectors. Arguments lie one after
// the other in the input, results in the output; a negative result is -1 - Error, as in wasm/src.
#include <cstdint>
#include <optional>

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "crypto/init.h"
#include "crypto/pbkdf2.h"
#include "e2ee/frame_opener.h"
#include "e2ee/frame_sealer.h"
#include "sframe/context.h"
#include "sframe/key_schedule.h"
#include "sframe/ratchet.h"

#define VECTORS_EXPORT extern "C" __attribute__((visibility("default"), used))

namespace sotto {
namespace {

std::uint8_t input[1 << 17];
std::uint8_t output[1 << 17];
std::uint8_t opened[1 << 17];
std::optional<FrameSealer> sealer;

int result_of(const Result<std::size_t>& result) {
  return result ? static_cast<int>(*result) : -1 - static_cast<int>(result.error());
}

std::uint64_t wide(std::uint32_t high, std::uint32_t low) {
  return std::uint64_t{high} << 32 | low;
}

Result<std::size_t> derive(CipherSuite suite, std::uint64_t kid, std::uint32_t base_size) {
  ByteReader reader(input);
  TRY(const ByteView base_key, reader.bytes(base_size));
  TRY(const KeySchedule keys, derive_key_schedule(suite, kid, base_key));
  ByteWriter writer(output);
  writer.bytes(keys.key());
  writer.bytes(keys.salt());
  return writer.size();
}

Result<std::size_t> encrypt(CipherSuite suite, const Header& header, std::uint32_t base_size,
                            std::uint32_t metadata_size, std::uint32_t plain_size) {
  ByteReader reader(input);
  TRY(const ByteView base_key, reader.bytes(base_size));
  TRY(const ByteView metadata, reader.bytes(metadata_size));
  TRY(const ByteView plain, reader.bytes(plain_size));
  TRY(Context context, Context::create(suite, header.kid, base_key));
  return context.encrypt(header.ctr, metadata, plain, output);
}

Result<std::size_t> decrypt(CipherSuite suite, std::uint32_t base_size, std::uint32_t metadata_size,
                            std::uint32_t sframe_size) {
  ByteReader reader(input);
  TRY(const ByteView base_key, reader.bytes(base_size));
  TRY(const ByteView metadata, reader.bytes(metadata_size));
  TRY(const ByteView sframe, reader.bytes(sframe_size));
  ByteReader blob(sframe);
  TRY(const Header header, decode_header(blob));
  TRY(Context context, Context::create(suite, header.kid, base_key));
  return context.decrypt(header, blob.position(), metadata, sframe, output);
}

Result<std::size_t> aead(bool sealing, CipherSuite suite, std::uint32_t aad_size,
                         std::uint32_t size) {
  TRY(const SuiteParameters constants, parameters(suite));
  ByteReader reader(input);
  TRY(const ByteView key, reader.bytes(constants.nk));
  TRY(const ByteView nonce, reader.bytes(kNn));
  TRY(const ByteView aad, reader.bytes(aad_size));
  TRY(const ByteView text, reader.bytes(size));
  TRY(auto cipher, make_aead(constants.aead, key));
  if (!sealing && size < constants.nt) return fail(Error::kUnauthenticated);
  const std::size_t result = sealing ? size + constants.nt : size - constants.nt;
  MutableBytes out = MutableBytes(output).first(result);
  TRY_VOID(sealing ? cipher->seal(nonce, aad, text, out) : cipher->open(nonce, aad, text, out));
  return result;
}

Result<std::size_t> ratchet(CipherSuite suite, std::uint32_t base_size, std::uint32_t steps) {
  TRY(const BaseKey key, BaseKey::from(ByteView(input).first(base_size)));
  TRY(const BaseKey ahead, ratchet_base_key(suite, key, steps));
  std::memcpy(output, ahead.view().data(), ahead.view().size());
  return ahead.view().size();
}

Result<std::size_t> start_sealer(std::uint64_t kid, std::uint32_t base_size) {
  TRY(FrameSealer made, FrameSealer::create(kid, ByteView(input).first(base_size)));
  sealer.emplace(std::move(made));
  return 0;
}

Result<std::size_t> seal(std::uint8_t number, bool key_frame, std::uint32_t size) {
  TRY(const Codec codec, codec_from_number(number));
  return sealer->seal(codec, key_frame, ByteView(input).first(size), output);
}

Result<std::size_t> open(std::uint64_t kid, std::uint8_t number, std::uint32_t base_size,
                         std::uint32_t size) {
  TRY(const Codec codec, codec_from_number(number));
  KeyStore keys;
  TRY_VOID(keys.put(kid, kSottoSuite, ByteView(input).first(base_size)));
  const ByteView wire = ByteView(input).subspan(base_size, size);
  TRY(const OpenedFrame frame, FrameOpener(keys).open(codec, wire, opened));
  std::memcpy(output, frame.frame.data(), frame.frame.size());
  return frame.frame.size();
}

}  // namespace
}  // namespace sotto

using namespace sotto;  // NOLINT: everything below is this module's face

VECTORS_EXPORT int vectors_initialize() {
  return initialize_crypto() ? 0 : -1;
}
VECTORS_EXPORT std::uint8_t* vectors_input() {
  return input;
}
VECTORS_EXPORT std::uint8_t* vectors_output() {
  return output;
}

VECTORS_EXPORT int vectors_encode_header(std::uint32_t kid_high, std::uint32_t kid_low,
                                         std::uint32_t ctr_high, std::uint32_t ctr_low) {
  ByteWriter writer(output);
  encode(Header{.kid = wide(kid_high, kid_low), .ctr = wide(ctr_high, ctr_low)}, writer);
  return static_cast<int>(writer.size());
}

// Output: u64 KID, u64 CTR. Returns the header's size.
VECTORS_EXPORT int vectors_decode_header(std::uint32_t size) {
  ByteReader reader(ByteView(input).first(size));
  auto header = decode_header(reader);
  if (!header) return -1 - static_cast<int>(header.error());
  ByteWriter writer(output);
  writer.u64(header->kid);
  writer.u64(header->ctr);
  return static_cast<int>(reader.position());
}

VECTORS_EXPORT int vectors_derive(std::uint32_t suite, std::uint32_t kid_high,
                                  std::uint32_t kid_low, std::uint32_t base_size) {
  return result_of(derive(static_cast<CipherSuite>(suite), wide(kid_high, kid_low), base_size));
}

VECTORS_EXPORT int vectors_encrypt(std::uint32_t suite, std::uint32_t kid_high,
                                   std::uint32_t kid_low, std::uint32_t ctr_high,
                                   std::uint32_t ctr_low, std::uint32_t base_size,
                                   std::uint32_t metadata_size, std::uint32_t plain_size) {
  return result_of(encrypt(static_cast<CipherSuite>(suite),
                           {.kid = wide(kid_high, kid_low), .ctr = wide(ctr_high, ctr_low)},
                           base_size, metadata_size, plain_size));
}

VECTORS_EXPORT int vectors_decrypt(std::uint32_t suite, std::uint32_t base_size,
                                   std::uint32_t metadata_size, std::uint32_t sframe_size) {
  return result_of(decrypt(static_cast<CipherSuite>(suite), base_size, metadata_size, sframe_size));
}

VECTORS_EXPORT int vectors_aead(std::uint32_t sealing, std::uint32_t suite, std::uint32_t aad_size,
                                std::uint32_t size) {
  return result_of(aead(sealing != 0, static_cast<CipherSuite>(suite), aad_size, size));
}

VECTORS_EXPORT int vectors_ratchet(std::uint32_t suite, std::uint32_t base_size,
                                   std::uint32_t steps) {
  return result_of(ratchet(static_cast<CipherSuite>(suite), base_size, steps));
}

VECTORS_EXPORT int vectors_pbkdf2(std::uint32_t passphrase_size, std::uint32_t salt_size,
                                  std::uint32_t iterations, std::uint32_t size) {
  const ByteView all(input);
  auto result = pbkdf2_sha256(all.first(passphrase_size), all.subspan(passphrase_size, salt_size),
                              iterations, MutableBytes(output).first(size));
  return result ? static_cast<int>(size) : -1 - static_cast<int>(result.error());
}

// One sealer at a time; it counts from zero.
VECTORS_EXPORT int vectors_start_sealer(std::uint32_t kid_high, std::uint32_t kid_low,
                                        std::uint32_t base_size) {
  return result_of(start_sealer(wide(kid_high, kid_low), base_size));
}

VECTORS_EXPORT int vectors_seal(std::uint32_t codec, std::uint32_t key_frame, std::uint32_t size) {
  return result_of(seal(static_cast<std::uint8_t>(codec), key_frame != 0, size));
}

VECTORS_EXPORT int vectors_open(std::uint32_t kid_high, std::uint32_t kid_low, std::uint32_t codec,
                                std::uint32_t base_size, std::uint32_t size) {
  return result_of(
      open(wide(kid_high, kid_low), static_cast<std::uint8_t>(codec), base_size, size));
}
