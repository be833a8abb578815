#include "mls/wire/typed_extensions.h"

namespace sotto::mls {

void read(Reader& in, ApplicationId& extension) {
  in.opaque(extension.application_id);
}

void write(Writer& out, const ApplicationId& extension) {
  out.opaque(extension.application_id);
}

void read(Reader& in, RequiredCapabilities& extension) {
  read_vector(in, extension.extension_types);
  read_vector(in, extension.proposal_types);
  read_vector(in, extension.credential_types);
}

void write(Writer& out, const RequiredCapabilities& extension) {
  write_vector(out, extension.extension_types);
  write_vector(out, extension.proposal_types);
  write_vector(out, extension.credential_types);
}

void read(Reader& in, ExternalSender& sender) {
  in.opaque(sender.signature_key);
  read(in, sender.credential);
}

void write(Writer& out, const ExternalSender& sender) {
  out.opaque(sender.signature_key);
  write(out, sender.credential);
}

void read(Reader& in, ExternalSenders& extension) {
  read_counted_vector(in, extension.external_senders);
}

void write(Writer& out, const ExternalSenders& extension) {
  write_vector(out, extension.external_senders);
}

void read(Reader& in, ExternalPub& extension) {
  in.opaque(extension.external_pub);
}

void write(Writer& out, const ExternalPub& extension) {
  out.opaque(extension.external_pub);
}

}  // namespace sotto::mls
