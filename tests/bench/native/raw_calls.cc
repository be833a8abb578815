#include "bench/native/raw_calls.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sodium.h>

#include "base/byte_writer.h"

namespace sotto::bench {
namespace {

constexpr std::uint8_t kKey[96] = {1, 2, 3};

int size_of(ByteView view) {
  return static_cast<int>(view.size());
}

class OpenSslAead : public RawCalls {
 public:
  explicit OpenSslAead(const EVP_CIPHER* cipher) {
    EVP_EncryptInit_ex(sealing_, cipher, nullptr, kKey, nullptr);
    EVP_DecryptInit_ex(opening_, cipher, nullptr, kKey, nullptr);
  }
  ~OpenSslAead() override {
    EVP_CIPHER_CTX_free(sealing_);
    EVP_CIPHER_CTX_free(opening_);
  }
  std::string name() const override { return "openssl"; }

  void seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    int n = 0;
    EVP_EncryptInit_ex(sealing_, nullptr, nullptr, nullptr, nonce.data());
    EVP_EncryptUpdate(sealing_, nullptr, &n, aad.data(), size_of(aad));
    EVP_EncryptUpdate(sealing_, sealed.data(), &n, plain.data(), size_of(plain));
    EVP_EncryptFinal_ex(sealing_, sealed.data() + plain.size(), &n);
    EVP_CIPHER_CTX_ctrl(sealing_, EVP_CTRL_AEAD_GET_TAG, 16, sealed.data() + plain.size());
  }
  bool open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) override {
    int n = 0;
    std::uint8_t rest[16];
    EVP_DecryptInit_ex(opening_, nullptr, nullptr, nullptr, nonce.data());
    EVP_CIPHER_CTX_ctrl(opening_, EVP_CTRL_AEAD_SET_TAG, 16,
                        const_cast<std::uint8_t*>(sealed.last(16).data()));
    EVP_DecryptUpdate(opening_, nullptr, &n, aad.data(), size_of(aad));
    EVP_DecryptUpdate(opening_, plain.data(), &n, sealed.data(), size_of(plain));
    return EVP_DecryptFinal_ex(opening_, rest, &n) == 1;
  }

 private:
  EVP_CIPHER_CTX* sealing_ = EVP_CIPHER_CTX_new();
  EVP_CIPHER_CTX* opening_ = EVP_CIPHER_CTX_new();
};

class OpenSslCtrHmac : public RawCalls {
 public:
  OpenSslCtrHmac(const EVP_CIPHER* cipher, const char* digest, std::size_t mac_key, std::size_t tag)
      : tag_(tag) {
    EVP_EncryptInit_ex(cipher_, cipher, nullptr, kKey, nullptr);
    EVP_MAC* mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    mac_ = EVP_MAC_CTX_new(mac);
    EVP_MAC_free(mac);
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, const_cast<char*>(digest), 0),
        OSSL_PARAM_construct_end()};
    EVP_MAC_init(mac_, kKey, mac_key, parameters);
  }
  ~OpenSslCtrHmac() override {
    EVP_CIPHER_CTX_free(cipher_);
    EVP_MAC_CTX_free(mac_);
  }
  std::string name() const override { return "openssl"; }

  void seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    apply(nonce, plain, sealed.first(plain.size()));
    authenticate(nonce, aad, sealed.first(plain.size()), sealed.data() + plain.size());
  }
  bool open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) override {
    std::uint8_t tag[64];
    const ByteView ciphertext = sealed.first(plain.size());
    authenticate(nonce, aad, ciphertext, tag);
    if (CRYPTO_memcmp(tag, sealed.last(tag_).data(), tag_) != 0) return false;
    apply(nonce, ciphertext, plain);
    return true;
  }

 private:
  void apply(ByteView nonce, ByteView in, MutableBytes out) {
    std::uint8_t counter[16] = {};
    std::memcpy(counter, nonce.data(), nonce.size());
    int n = 0;
    EVP_EncryptInit_ex(cipher_, nullptr, nullptr, nullptr, counter);
    EVP_EncryptUpdate(cipher_, out.data(), &n, in.data(), size_of(in));
  }
  void authenticate(ByteView nonce, ByteView aad, ByteView ciphertext, std::uint8_t* tag) {
    std::uint8_t lengths[24], mac[64];
    ByteWriter writer(lengths);
    for (std::size_t each : {aad.size(), ciphertext.size(), tag_}) writer.u64(each);
    EVP_MAC_init(mac_, nullptr, 0, nullptr);
    for (ByteView part : {ByteView(lengths), nonce, aad, ciphertext}) {
      EVP_MAC_update(mac_, part.data(), part.size());
    }
    std::size_t size = 0;
    EVP_MAC_final(mac_, mac, &size, sizeof mac);
    std::memcpy(tag, mac, tag_);
  }

  std::size_t tag_;
  EVP_CIPHER_CTX* cipher_ = EVP_CIPHER_CTX_new();
  EVP_MAC_CTX* mac_ = nullptr;
};

class SodiumChaCha : public RawCalls {
 public:
  std::string name() const override { return "libsodium"; }
  void seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    crypto_aead_chacha20poly1305_ietf_encrypt(sealed.data(), nullptr, plain.data(), plain.size(),
                                              aad.data(), aad.size(), nullptr, nonce.data(), kKey);
  }
  bool open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) override {
    return crypto_aead_chacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, sealed.data(),
                                                     sealed.size(), aad.data(), aad.size(),
                                                     nonce.data(), kKey) == 0;
  }
};

class SodiumAes256Gcm : public RawCalls {
 public:
  SodiumAes256Gcm() { crypto_aead_aes256gcm_beforenm(&state_, kKey); }
  std::string name() const override { return "libsodium"; }
  void seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) override {
    crypto_aead_aes256gcm_encrypt_afternm(sealed.data(), nullptr, plain.data(), plain.size(),
                                          aad.data(), aad.size(), nullptr, nonce.data(), &state_);
  }
  bool open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) override {
    return crypto_aead_aes256gcm_decrypt_afternm(plain.data(), nullptr, nullptr, sealed.data(),
                                                 sealed.size(), aad.data(), aad.size(),
                                                 nonce.data(), &state_) == 0;
  }

 private:
  crypto_aead_aes256gcm_state state_;
};

}  // namespace

std::vector<std::unique_ptr<RawCalls>> raw_calls(CipherSuite suite) {
  std::vector<std::unique_ptr<RawCalls>> all;
  const std::size_t tag = parameters(suite)->nt;
  switch (suite) {
    case CipherSuite::kChaCha20Poly1305Sha256:
      all.push_back(std::make_unique<OpenSslAead>(EVP_chacha20_poly1305()));
      all.push_back(std::make_unique<SodiumChaCha>());
      break;
    case CipherSuite::kAes128GcmSha256_128:
      all.push_back(std::make_unique<OpenSslAead>(EVP_aes_128_gcm()));
      break;
    case CipherSuite::kAes256GcmSha512_128:
      all.push_back(std::make_unique<OpenSslAead>(EVP_aes_256_gcm()));
      if (crypto_aead_aes256gcm_is_available()) all.push_back(std::make_unique<SodiumAes256Gcm>());
      break;
    case CipherSuite::kAes256CtrHmacSha512_80:
    case CipherSuite::kAes256CtrHmacSha512_64:
    case CipherSuite::kAes256CtrHmacSha512_32:
      all.push_back(std::make_unique<OpenSslCtrHmac>(EVP_aes_256_ctr(), "SHA512", 64, tag));
      break;
    default:
      all.push_back(std::make_unique<OpenSslCtrHmac>(EVP_aes_128_ctr(), "SHA256", 32, tag));
  }
  return all;
}

}  // namespace sotto::bench
