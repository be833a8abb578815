// The vectors of RFC 9180. Of the 16, two have our suites and base mode; the others have P-256, an
// AEAD that only exports, or one of the three modes that MLS does not use.
#include "crypto/hpke.h"

#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

// Hands out one private key, as the sender's ephemeral one.
class OneKey : public RandomSource {
 public:
  explicit OneKey(Bytes key) : key_(std::move(key)) {}
  void fill(MutableBytes out) override { std::copy_n(key_.begin(), out.size(), out.begin()); }

 private:
  Bytes key_;
};

bool is_ours(const Case& c) {
  const int aead = c.at("aead_id");
  return c.at("mode") == 0 && c.at("kem_id") == 0x20 && c.at("kdf_id") == 1 &&
         (aead == 1 || aead == 3);
}

void check_exports(const HpkeContext& context, const Case& c, Report& report) {
  for (const Case& exported : c.at("exports")) {
    Bytes out(exported.at("L").get<std::size_t>());
    report.expect(
        "export succeeds",
        context.export_secret(bytes_of(exported.at("exporter_context")), out).has_value());
    report.equal("export", out, exported.at("exported_value"));
  }
}

// Both sides count along through the numbers that the vectors leave out.
void check_messages(HpkeContext& sender, HpkeContext& receiver, const Case& c, Report& report) {
  int sequence = 0;
  for (const Case& message : c.at("encryptions")) {
    const Bytes aad = bytes_of(message.at("aad")), plain = bytes_of(message.at("pt"));
    Bytes sealed(plain.size() + kHpkeNt), opened(plain.size());
    for (; sequence < message.at("seq").get<int>(); ++sequence) {
      report.expect("seals", sender.seal({}, plain, sealed).has_value());
      report.expect("opens", receiver.open({}, sealed, opened).has_value());
    }
    report.expect("seals", sender.seal(aad, plain, sealed).has_value());
    report.equal("ct", sealed, message.at("ct"));
    report.expect("opens", receiver.open(aad, sealed, opened).has_value());
    report.equal("pt", opened, message.at("pt"));
    ++sequence;
  }
}

void check(const Case& c, Report& report) {
  const auto aead =
      c.at("aead_id") == 1 ? AeadAlgorithm::kAes128Gcm : AeadAlgorithm::kChaCha20Poly1305;
  const auto key_pair = HpkeKeyPair::derive(bytes_of(c.at("ikmR")));
  report.equal("skRm", key_pair.private_key.view(), c.at("skRm"));
  report.equal("pkRm", key_pair.public_key, c.at("pkRm"));
  const auto ephemeral = HpkeKeyPair::derive(bytes_of(c.at("ikmE")));
  report.equal("skEm", ephemeral.private_key.view(), c.at("skEm"));

  OneKey random(bytes_of(c.at("skEm")));
  const auto encapsulated = hpke_encap(key_pair.public_key, random);
  if (!report.expect("Encap", encapsulated.has_value())) return;
  report.equal("shared_secret", encapsulated->shared_secret.view(), c.at("shared_secret"));

  const Bytes info = bytes_of(c.at("info"));
  auto sender = hpke_setup_sender(aead, key_pair.public_key, info, random);
  auto receiver = hpke_setup_receiver(aead, bytes_of(c.at("enc")), key_pair, info);
  if (!report.expect("both set up", sender.has_value() && receiver.has_value())) return;
  report.equal("enc", sender->enc, c.at("enc"));
  check_exports(sender->context, c, report);
  check_exports(*receiver, c, report);
  check_messages(sender->context, *receiver, c, report);
}

const VectorFile file("vectors/hpke/rfc9180-subset.json", 2, check, is_ours);

}  // namespace
}  // namespace sotto::mls::vectors
