#include "ice/check_response.h"

#include <array>

#include "base/byte_writer.h"
#include "stun/message_writer.h"

namespace sotto::bridge {
namespace {

using Buffer = std::array<std::uint8_t, 160>;

void send(const Path& path, const stun::MessageWriter& writer, DatagramQueue& out) {
  if (const auto message = writer.finish()) out.push(path, *message);
}

}  // namespace

void answer_check(const Path& path, const stun::Message& request, std::string_view password,
                  DatagramQueue& out) {
  Buffer buffer;
  stun::MessageWriter writer(buffer, stun::kBindingSuccess, request.transaction);
  writer.add_xor_mapped_address(path.remote);
  writer.add_integrity(password);
  writer.add_fingerprint();
  send(path, writer, out);
}

void refuse_unknown_attribute(const Path& path, const stun::Message& request,
                              std::string_view password, DatagramQueue& out) {
  Buffer buffer;
  stun::MessageWriter writer(buffer, stun::kBindingError, request.transaction);
  writer.add_error_code(420, "Unknown Attribute");
  std::array<std::uint8_t, 2> types;
  ByteWriter(types).u16(*request.unknown_required);
  writer.add(stun::kUnknownAttributes, types);
  writer.add_integrity(password);
  writer.add_fingerprint();
  send(path, writer, out);
}

void refuse_unauthenticated(const Path& path, const stun::Message& request, std::uint16_t code,
                            DatagramQueue& out) {
  Buffer buffer;
  stun::MessageWriter writer(buffer, stun::kBindingError, request.transaction);
  writer.add_error_code(code, code == 400 ? "Bad Request" : "Unauthorized");
  writer.add_fingerprint();
  const auto message = writer.finish();
  if (message && message->size() <= request.bytes.size()) out.push(path, *message);
}

}  // namespace sotto::bridge
