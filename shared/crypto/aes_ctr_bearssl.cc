#include "crypto/aes_ctr.h"
#include "crypto/bearssl_aes.h"

namespace sotto {
namespace {

class BearSslAesCtr : public AesCtr {
 public:
  explicit BearSslAesCtr(ByteView key) : aes_(key) {}

  Result<void> apply(std::span<const std::uint8_t, 12> nonce, ByteView in,
                     MutableBytes out) override {
    aes_.apply(nonce, 0, in, out);
    return {};
  }

 private:
  BearSslAes aes_;
};

}  // namespace

Result<std::unique_ptr<AesCtr>> make_aes_ctr(ByteView key) {
  if (key.size() != 16 && key.size() != 32) return fail(Error::kInvalidArgument);
  return std::unique_ptr<AesCtr>(std::make_unique<BearSslAesCtr>(key));
}

}  // namespace sotto
