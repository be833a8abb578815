#include "native-bridge/srtp/reference_srtp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <memory>

#include "base/byte_reader.h"
#include "base/byte_writer.h"

namespace sotto::bridge::test {
namespace {

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;
Context context() {
  return {EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free};
}

void append(Bytes& to, ByteView bytes) {
  to.insert(to.end(), bytes.begin(), bytes.end());
}

Bytes big_endian(std::uint64_t value, std::size_t size) {
  Bytes bytes(size);
  ByteWriter(bytes).uint(value, size);
  return bytes;
}

std::uint64_t read(ByteView bytes, std::size_t at, std::size_t size) {
  return *ByteReader(bytes.subspan(at)).uint(size);
}

void xor_into(MutableBytes target, ByteView other) {
  for (std::size_t i = 0; i < target.size(); ++i) target[i] ^= other[i];
}

Bytes hmac80(ByteView key, ByteView message) {
  Bytes mac(20);
  HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), message.data(), message.size(),
       mac.data(), nullptr);
  mac.resize(10);
  return mac;
}

// (salt * 2^16) xor (ssrc * 2^64) xor (index * 2^16), RFC 3711 section 4.1.1.
Bytes cm_iv(ByteView salt, std::uint32_t ssrc, std::uint64_t index) {
  Bytes iv(16);
  ByteWriter writer(iv);
  writer.u32(0);
  writer.u32(ssrc);
  writer.uint(index, 6);
  Bytes padded(salt.begin(), salt.end());
  padded.resize(16);
  xor_into(iv, padded);
  return iv;
}

}  // namespace

Bytes aes_block(ByteView key, ByteView block) {
  const Context ctx = context();
  Bytes out(block.size() + 16);
  int size = 0;
  EVP_EncryptInit_ex(ctx.get(), key.size() == 16 ? EVP_aes_128_ecb() : EVP_aes_256_ecb(), nullptr,
                     key.data(), nullptr);
  EVP_EncryptUpdate(ctx.get(), out.data(), &size, block.data(), static_cast<int>(block.size()));
  out.resize(16);
  return out;
}

Bytes aes_cm(ByteView key, ByteView iv, ByteView input) {
  Bytes out(input.begin(), input.end());
  Bytes counter(iv.begin(), iv.end());
  for (std::size_t at = 0; at < out.size(); at += 16) {
    const Bytes stream = aes_block(key, counter);
    const std::size_t size = std::min<std::size_t>(16, out.size() - at);
    xor_into(MutableBytes(out).subspan(at, size), stream);
    for (std::size_t i = 16; i-- > 0 && ++counter[i] == 0;) {
    }
  }
  return out;
}

Bytes aes_gcm(ByteView key, ByteView nonce, ByteView aad, ByteView plain) {
  const Context ctx = context();
  Bytes out(plain.size() + 16);
  int size = 0;
  EVP_EncryptInit_ex(ctx.get(), key.size() == 16 ? EVP_aes_128_gcm() : EVP_aes_256_gcm(), nullptr,
                     key.data(), nonce.data());
  EVP_EncryptUpdate(ctx.get(), nullptr, &size, aad.data(), static_cast<int>(aad.size()));
  EVP_EncryptUpdate(ctx.get(), out.data(), &size, plain.data(), static_cast<int>(plain.size()));
  EVP_EncryptFinal_ex(ctx.get(), out.data() + plain.size(), &size);
  EVP_CIPHER_CTX_ctrl(ctx.get(), EVP_CTRL_AEAD_GET_TAG, 16, out.data() + plain.size());
  return out;
}

Bytes derive(ByteView master_key, ByteView master_salt, std::uint8_t label, std::size_t size) {
  // The key id, label * 2^48, is aligned with the end of a 14-byte salt; RFC 7714 section 11 pads
  // the 12-byte one with zeros on the right.
  Bytes iv(master_salt.begin(), master_salt.end());
  iv.resize(16);
  iv[7] ^= label;
  return aes_cm(master_key, iv, Bytes(size));
}

SessionKeys session_keys(SrtpProfile profile, ByteView master, bool rtcp) {
  const ByteView key = master.first(master_key_size(profile));
  const ByteView salt = master.subspan(key.size(), master_salt_size(profile));
  const std::uint8_t first = rtcp ? 3 : 0;
  return {derive(key, salt, first, key.size()),
          derive(key, salt, static_cast<std::uint8_t>(first + 2), salt.size()),
          derive(key, salt, static_cast<std::uint8_t>(first + 1), 20)};
}

Bytes gcm_rtp_iv(ByteView salt, std::uint32_t ssrc, std::uint32_t roc, std::uint16_t sequence) {
  Bytes iv(12);
  ByteWriter writer(iv);
  writer.u16(0);
  writer.u32(ssrc);
  writer.u32(roc);
  writer.u16(sequence);
  xor_into(iv, salt);
  return iv;
}

Bytes gcm_rtcp_iv(ByteView salt, std::uint32_t ssrc, std::uint32_t index) {
  Bytes iv(12);
  ByteWriter writer(iv);
  writer.u16(0);
  writer.u32(ssrc);
  writer.u16(0);
  writer.u32(index);
  xor_into(iv, salt);
  return iv;
}

Bytes protect_rtp(SrtpProfile profile, const SessionKeys& keys, ByteView packet, std::size_t header,
                  std::uint32_t roc) {
  const auto ssrc = static_cast<std::uint32_t>(read(packet, 8, 4));
  const auto sequence = static_cast<std::uint16_t>(read(packet, 2, 2));
  const ByteView head = packet.first(header);
  const ByteView payload = packet.subspan(header);
  Bytes out(head.begin(), head.end());
  if (profile == SrtpProfile::kAeadAes128Gcm) {
    const Bytes iv = gcm_rtp_iv(keys.cipher_salt, ssrc, roc, sequence);
    append(out, aes_gcm(keys.cipher_key, iv, head, payload));
    return out;
  }
  const std::uint64_t index = std::uint64_t{roc} << 16 | sequence;
  append(out, aes_cm(keys.cipher_key, cm_iv(keys.cipher_salt, ssrc, index), payload));
  Bytes authenticated = out;
  append(authenticated, big_endian(roc, 4));
  append(out, hmac80(keys.auth_key, authenticated));
  return out;
}

Bytes protect_rtcp(SrtpProfile profile, const SessionKeys& keys, ByteView packet,
                   std::uint32_t index) {
  const auto ssrc = static_cast<std::uint32_t>(read(packet, 4, 4));
  const ByteView head = packet.first(8);
  const ByteView payload = packet.subspan(8);
  const Bytes trailer = big_endian(0x80000000u | index, 4);  // E, index
  Bytes out(head.begin(), head.end());
  if (profile == SrtpProfile::kAeadAes128Gcm) {
    Bytes aad = out;
    append(aad, trailer);
    append(out, aes_gcm(keys.cipher_key, gcm_rtcp_iv(keys.cipher_salt, ssrc, index), aad, payload));
    append(out, trailer);
    return out;
  }
  append(out, aes_cm(keys.cipher_key, cm_iv(keys.cipher_salt, ssrc, index), payload));
  append(out, trailer);
  append(out, hmac80(keys.auth_key, out));
  return out;
}

}  // namespace sotto::bridge::test
