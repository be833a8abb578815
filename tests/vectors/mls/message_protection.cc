// Messages of somebody else open; ours open again; application data never travels in the clear.
#include "mls/framing/content_signature.h"
#include "mls/framing/private_framing.h"
#include "mls/framing/public_framing.h"
#include "mls/wire/mls_message.h"
#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

constexpr LeafIndex kSender{1};

Secret<kNh> secret_of(const Case& hex) {
  return Secret<kNh>(ByteView(bytes_of(hex)).first<kNh>());
}

// The epoch of a case.
class Epoch {
 public:
  explicit Epoch(const Case& c)
      : suite_(suite_of(c)),
        membership_key_(secret_of(c.at("membership_key"))),
        sender_data_secret_(secret_of(c.at("sender_data_secret"))),
        encryption_secret_(secret_of(c.at("encryption_secret"))),
        key_pair_(SignatureKeyPair::from_seed(
            ByteView(bytes_of(c.at("signature_priv"))).first<kEd25519SeedSize>())) {
    context_.cipher_suite = cipher_suite_of(suite_);
    context_.group_id = bytes_of(c.at("group_id"));
    context_.epoch = c.at("epoch").get<std::uint64_t>();
    context_.tree_hash = bytes_of(c.at("tree_hash"));
    context_.confirmed_transcript_hash = bytes_of(c.at("confirmed_transcript_hash"));
    sender_.signature_key = bytes_of(c.at("signature_pub"));
  }

  EpochKeys keys() const {
    return {suite_, context_, membership_key_, sender_data_secret_,
            [this](LeafIndex leaf) { return leaf == kSender ? &sender_ : nullptr; }};
  }
  SecretTree secret_tree() const { return {suite_, Secret<kNh>(encryption_secret_.view()), 2}; }

  AuthenticatedContent sign(WireFormat format, decltype(FramedContent::content) content) const {
    FramedContent framed{context_.group_id,
                         context_.epoch,
                         {SenderType::kMember, kSender, 0},
                         {},
                         std::move(content)};
    const bool commit = framed.commit() != nullptr;
    AuthenticatedContent result = sign_content(format, std::move(framed), context_, key_pair_);
    if (commit) result.auth.confirmation_tag = Bytes(kNh, 0x11);
    return result;
  }

 private:
  Suite suite_;
  GroupContext context_;
  Secret<kNh> membership_key_, sender_data_secret_, encryption_secret_;
  SignatureKeyPair key_pair_;
  LeafNode sender_;
};

template <typename T>
T message_of(const Case& hex) {
  auto message = decode<MlsMessage>(bytes_of(hex));
  return *message.value().as<T>();
}

Bytes raw(const FramedContent& content) {
  if (const ApplicationData* data = content.application()) return data->application_data;
  Writer out;
  write_content(out, content);
  return std::move(out).take();
}

void check_public(const Epoch& epoch, const std::string& field, const Case& c, Report& report) {
  auto opened = unprotect_public(message_of<PublicMessage>(c.at(field + "_pub")), epoch.keys());
  if (!report.expect(field + "_pub verifies", opened.has_value())) return;
  report.equal(field + "_pub", raw(opened->content), c.at(field));

  EpochKeys keys = epoch.keys();
  auto ours = protect_public(epoch.sign(WireFormat::kPublicMessage, opened->content.content),
                             keys.context, keys.membership_key);
  if (!report.expect("our PublicMessage is made", ours.has_value())) return;
  auto again = unprotect_public(std::move(*ours), keys);
  report.expect("our PublicMessage verifies", again && again->content == opened->content);
}

void check_private(const Epoch& epoch, const std::string& field, const Case& c, Report& report) {
  const SecretTree fresh = epoch.secret_tree();
  auto opened =
      unprotect_private(message_of<PrivateMessage>(c.at(field + "_priv")), epoch.keys(), fresh);
  if (!report.expect(field + "_priv opens", opened.has_value())) return;
  report.equal(field + "_priv", raw(opened->content.content), c.at(field));

  TestRandom random;
  SecretTree sending = epoch.secret_tree();
  auto ours =
      protect_private(epoch.sign(WireFormat::kPrivateMessage, opened->content.content.content),
                      epoch.keys(), sending, Padding{64}, random);
  if (!report.expect("our PrivateMessage is made", ours.has_value())) return;
  auto again = unprotect_private(*ours, epoch.keys(), fresh);
  if (!report.expect("our PrivateMessage opens", again.has_value())) return;
  report.equal("our PrivateMessage", raw(again->content.content), c.at(field));
}

const VectorFile file("vectors/mls/message-protection.json", 2, [](const Case& c, Report& report) {
  const Epoch epoch(c);
  check_public(epoch, "proposal", c, report);
  check_private(epoch, "proposal", c, report);
  check_public(epoch, "commit", c, report);
  check_private(epoch, "commit", c, report);
  check_private(epoch, "application", c, report);
  EpochKeys keys = epoch.keys();
  auto refused = protect_public(
      epoch.sign(WireFormat::kPublicMessage, ApplicationData{bytes_of(c.at("application"))}),
      keys.context, keys.membership_key);
  report.expect("application data is not made a PublicMessage", !refused);
});

}  // namespace
}  // namespace sotto::mls::vectors
