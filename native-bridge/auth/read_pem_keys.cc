#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "auth/read_keys.h"

namespace sotto::bridge::auth {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kDashes = "-----";

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(BIGNUM* number) const { BN_free(number); }
};

// `size` 0: as long as the number is.
std::vector<std::uint8_t> number(const EVP_PKEY* key, const char* name, std::size_t size = 0) {
  BIGNUM* read = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &read) != 1) return {};
  const std::unique_ptr<BIGNUM, Free> owned(read);
  const auto own_size = static_cast<std::size_t>(BN_num_bytes(read));
  std::vector<std::uint8_t> bytes(size == 0 ? own_size : size);
  if (BN_bn2binpad(read, bytes.data(), static_cast<int>(bytes.size())) < 0) return {};
  return bytes;
}

std::optional<Key> key_of(std::string_view block) {
  const std::unique_ptr<BIO, Free> bio(
      BIO_new_mem_buf(block.data(), static_cast<int>(block.size())));
  const std::unique_ptr<EVP_PKEY, Free> key(
      PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  if (!key) return std::nullopt;
  if (EVP_PKEY_is_a(key.get(), "RSA") == 1) {
    return Key::rsa(Algorithm::kRs256, number(key.get(), OSSL_PKEY_PARAM_RSA_N),
                    number(key.get(), OSSL_PKEY_PARAM_RSA_E));
  }
  std::array<char, 64> curve{};
  std::size_t size = 0;
  if (EVP_PKEY_is_a(key.get(), "EC") != 1 ||
      EVP_PKEY_get_group_name(key.get(), curve.data(), curve.size(), &size) != 1) {
    return std::nullopt;
  }
  const std::string_view group(curve.data(), size);
  if (group != "prime256v1" && group != "secp384r1") return std::nullopt;
  const bool p256 = group == "prime256v1";
  const std::size_t bytes = p256 ? 32 : 48;
  return Key::ec(p256 ? Algorithm::kEs256 : Algorithm::kEs384,
                 number(key.get(), OSSL_PKEY_PARAM_EC_PUB_X, bytes),
                 number(key.get(), OSSL_PKEY_PARAM_EC_PUB_Y, bytes));
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// The name in the last line `kid: NAME` of what stands before a block.
std::string_view kid_in(std::string_view before) {
  std::string_view kid;
  while (!before.empty()) {
    const auto end = before.find('\n');
    const std::string_view line = trimmed(before.substr(0, end));
    if (line.starts_with("kid:")) kid = trimmed(line.substr(4));
    before.remove_prefix(end == before.npos ? before.size() : end + 1);
  }
  return kid;
}

}  // namespace

KeysOrComplaint read_pem_keys(std::string_view text) {
  ReadKeys read;
  for (std::size_t count = 1;; ++count) {
    const auto begin = text.find(kBegin);
    if (begin == text.npos) break;
    const std::string where = "in its " + std::to_string(count) + ". block ";
    const auto label_end = text.find(kDashes, begin + kBegin.size());
    const auto end = text.find(kEnd, begin);
    if (label_end == text.npos || end == text.npos || end < label_end) return where + "is cut off";
    const auto label =
        std::string(text.substr(begin + kBegin.size(), label_end - begin - kBegin.size()));
    const auto after = text.find(kDashes, end + kEnd.size());
    if (after == text.npos) return where + "is cut off";
    if (label.find("PRIVATE KEY") != label.npos) {
      return where + "has a private key: give the bridge the public one (openssl pkey -pubout)";
    }
    if (label != "PUBLIC KEY") return where + "is something else than a PUBLIC KEY";
    if (count > kMaxKeys) return "has more than 256 keys";
    const std::string_view kid = kid_in(text.substr(0, begin));
    if (kid.size() > kMaxKidChars) return where + "has a kid of more than 256 characters";
    auto key = key_of(text.substr(begin, after + kDashes.size() - begin));
    if (!key) return where + "is no key of RSA (2048 to 8192 bits), P-256 or P-384";
    if (!read.keys.add(std::string(kid), *std::move(key))) {
      return where +
             "has the same kid as another, or none as another of its kind: put a line "
             "`kid: NAME` before each";
    }
    text.remove_prefix(after + kDashes.size());
  }
  return read;
}

}  // namespace sotto::bridge::auth
