#include "sdp/extension_attributes.h"

#include "sdp/tokens.h"

namespace sotto::bridge::sdp {

namespace {

bool may_send(std::string_view direction, ExtensionSender sender) {
  if (direction.empty() || direction == "sendrecv") return true;
  return direction == (sender == ExtensionSender::kWriter ? "sendonly" : "recvonly");
}

}  // namespace

// a=extmap:<id>["/"<direction>] <URI> [<attributes>]
ExtensionMap read_extensions(const MediaDescription& media, ExtensionSender sender) {
  ExtensionMap extensions;
  for (const Attribute& attribute : media.attributes.list) {
    if (attribute.name != "extmap") continue;
    const auto words = split(attribute.value, ' ');
    if (words.size() < 2) continue;
    const Halves halves = cut(words[0], '/');
    const auto id = parse_number<std::uint8_t>(halves.first);
    const auto extension = extension_from_uri(words[1]);
    if (!id || !extension || !may_send(halves.rest, sender)) continue;
    extensions.set(*extension, *id);
  }
  return extensions;
}

void add_extensions(Attributes& attributes, const ExtensionMap& extensions) {
  for (unsigned id = 1; id < 256; ++id) {
    if (const auto extension = extensions.extension(static_cast<std::uint8_t>(id))) {
      attributes.add("extmap", std::to_string(id) + " " + std::string(uri(*extension)));
    }
  }
}

}  // namespace sotto::bridge::sdp
