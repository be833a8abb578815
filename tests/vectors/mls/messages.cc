// Everything decodes, and encodes to the same bytes.
#include "mls/wire/mls_message.h"
#include "mls/wire/ratchet_tree_node.h"
#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

template <typename T>
std::optional<T> check(const char* field, const Case& c, Report& report) {
  auto decoded = decode<T>(bytes_of(c.at(field)));
  if (!report.expect(field, decoded.has_value())) return std::nullopt;
  report.equal(field, encode(*decoded), c.at(field));
  return std::move(*decoded);
}

template <typename T>
void check_message(const char* field, const Case& c, Report& report) {
  auto message = check<MlsMessage>(field, c, report);
  report.expect(std::string("body of ") + field, message && message->as<T>() != nullptr);
}

void check_public(const char* field, ContentType type, const Case& c, Report& report) {
  auto message = check<MlsMessage>(field, c, report);
  const PublicMessage* body = message ? message->as<PublicMessage>() : nullptr;
  report.expect(std::string("content of ") + field,
                body != nullptr && body->content.content_type() == type);
}

const VectorFile file("vectors/mls/messages.json", 300, [](const Case& c, Report& report) {
  check_message<Welcome>("mls_welcome", c, report);
  check_message<GroupInfo>("mls_group_info", c, report);
  check_message<KeyPackage>("mls_key_package", c, report);
  check<RatchetTreeExtension>("ratchet_tree", c, report);
  check<GroupSecrets>("group_secrets", c, report);
  check<Add>("add_proposal", c, report);
  check<Update>("update_proposal", c, report);
  check<Remove>("remove_proposal", c, report);
  check<PreSharedKey>("pre_shared_key_proposal", c, report);
  check<ReInit>("re_init_proposal", c, report);
  check<ExternalInit>("external_init_proposal", c, report);
  check<GroupContextExtensions>("group_context_extensions_proposal", c, report);
  check<Commit>("commit", c, report);
  check_public("public_message_application", ContentType::kApplication, c, report);
  check_public("public_message_proposal", ContentType::kProposal, c, report);
  check_public("public_message_commit", ContentType::kCommit, c, report);
  check_message<PrivateMessage>("private_message", c, report);
});

}  // namespace
}  // namespace sotto::mls::vectors
