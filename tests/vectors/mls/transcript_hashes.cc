#include "mls/keys/hash.h"
#include "mls/keys/transcript_hash.h"
#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

const VectorFile file("vectors/mls/transcript-hashes.json", 2, [](const Case& c, Report& report) {
  const auto content = decode<AuthenticatedContent>(bytes_of(c.at("authenticated_content")));
  if (!report.expect("authenticated_content decodes", content.has_value())) return;
  report.equal("authenticated_content encodes", encode(*content), c.at("authenticated_content"));
  report.expect("it is a commit", content->content.commit() != nullptr);

  const auto confirmed = confirmed_transcript_hash(bytes_of(c.at("interim_transcript_hash_before")),
                                                   confirmed_transcript_hash_input(*content));
  report.equal("confirmed_transcript_hash", confirmed, c.at("confirmed_transcript_hash_after"));
  report.equal("interim_transcript_hash",
               interim_transcript_hash(confirmed, content->auth.confirmation_tag),
               c.at("interim_transcript_hash_after"));
  report.expect("confirmation_tag", verify_mac(bytes_of(c.at("confirmation_key")), {confirmed},
                                               content->auth.confirmation_tag));
});

}  // namespace
}  // namespace sotto::mls::vectors
