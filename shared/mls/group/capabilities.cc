#include "mls/group/capabilities.h"

#include <algorithm>

namespace sotto::mls {
namespace {

// Never inlined: those of all types of one size are then the same code.
template <typename T>
[[gnu::noinline]] void add_one(std::vector<T>& values, RandomSource& random) {
  const std::size_t place = random.u32() % (values.size() + 1);
  values.push_back(static_cast<T>(random_grease(random)));
  for (std::size_t i = values.size() - 1; i > place; --i) std::swap(values[i], values[i - 1]);
}

template <typename T>
[[gnu::noinline]] void remove_all(std::vector<T>& values) {
  values.erase(std::remove_if(values.begin(), values.end(),
                              [](T value) { return is_grease(static_cast<std::uint16_t>(value)); }),
               values.end());
}

}  // namespace

Capabilities default_capabilities() {
  Capabilities capabilities;
  capabilities.versions = {ProtocolVersion::kMls10};
  capabilities.cipher_suites = {CipherSuite::kX25519ChaCha20Poly1305Sha256Ed25519,
                                CipherSuite::kX25519Aes128GcmSha256Ed25519};
  capabilities.credentials = {CredentialType::kBasic};
  return capabilities;
}

std::uint16_t random_grease(RandomSource& random) {
  return static_cast<std::uint16_t>(0x0a0a + 0x1010 * (random.u32() % 15));
}

void add_grease(Capabilities& capabilities, RandomSource& random) {
  add_one(capabilities.cipher_suites, random);
  add_one(capabilities.extensions, random);
  add_one(capabilities.proposals, random);
  add_one(capabilities.credentials, random);
}

Capabilities without_grease(const Capabilities& capabilities) {
  Capabilities own = capabilities;
  remove_all(own.versions);
  remove_all(own.cipher_suites);
  remove_all(own.extensions);
  remove_all(own.proposals);
  remove_all(own.credentials);
  return own;
}

}  // namespace sotto::mls
