#include "mls/wire/mls_message.h"

#include "mls/wire/fields.h"

namespace sotto::mls {

void read(Reader& in, MlsMessage& message) {
  ProtocolVersion version{};
  WireFormat wire_format{};
  read_version(in, version);
  read(in, wire_format);
  switch (wire_format) {
    case WireFormat::kPublicMessage:
      return read(in, message.body.emplace<PublicMessage>());
    case WireFormat::kPrivateMessage:
      return read(in, message.body.emplace<PrivateMessage>());
    case WireFormat::kWelcome:
      return read(in, message.body.emplace<Welcome>());
    case WireFormat::kGroupInfo:
      return read(in, message.body.emplace<GroupInfo>());
    case WireFormat::kKeyPackage:
      return read(in, message.body.emplace<KeyPackage>());
  }
  in.fail(Error::kUnsupported);
}

void write(Writer& out, const MlsMessage& message) {
  write(out, ProtocolVersion::kMls10);
  write(out, message.wire_format());
  std::visit([&out](const auto& body) { write(out, body); }, message.body);
}

}  // namespace sotto::mls
