// a=extmap (RFC 8285 section 5).
#pragma once

#include "rtp/header_extension.h"
#include "sdp/session_description.h"

namespace sotto::bridge::sdp {

// Which side of the SDP that is read writes the extension into packets.
enum class ExtensionSender { kWriter, kReader };

// The known extensions that `sender` may send. Malformed lines and taken ids are passed over.
ExtensionMap read_extensions(const MediaDescription& media, ExtensionSender sender);

// One a=extmap an extension, in the order of their ids, for both directions.
void add_extensions(Attributes& attributes, const ExtensionMap& extensions);

}  // namespace sotto::bridge::sdp
