#include "mls/keys/psk_secret.h"

#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

const VectorFile file("vectors/mls/psk_secret.json", 22, [](const Case& c, Report& report) {
  std::vector<Psk> psks;
  for (const Case& psk : c.at("psks")) {
    PreSharedKeyId id;
    id.psktype = PskType::kExternal;
    id.psk_id = bytes_of(psk.at("psk_id"));
    id.psk_nonce = bytes_of(psk.at("psk_nonce"));
    psks.push_back({std::move(id), bytes_of(psk.at("psk"))});
  }
  const auto psk_secret = derive_psk_secret(psks);
  if (report.expect("succeeds", psk_secret.has_value())) {
    report.equal("psk_secret", psk_secret->view(), c.at("psk_secret"));
  }
});

}  // namespace
}  // namespace sotto::mls::vectors
