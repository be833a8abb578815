// The receiver's answer to a subscribe offer.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rtp/codec.h"
#include "rtp/header_extension.h"
#include "sdp/media_format.h"
#include "sdp/session_description.h"
#include "sdp/transport_parameters.h"

namespace sotto::bridge::sdp {

// One m-line: seat n has media[2n] (audio) and media[2n + 1] (video).
struct SubscribeMedia {
  std::string mid;
  bool active = false;               // false: rejected, or the client does not receive
  std::vector<MediaFormat> formats;  // with the payload types to send; empty unless active
  ExtensionMap extensions;           // those to send

  // Null when the client cannot receive `codec` here.
  const MediaFormat* format(Codec codec) const;
};

struct SubscribeAnswer {
  RemoteTransport remote;
  std::vector<SubscribeMedia> media;
};

// `seats` is the number in the offer. The client must be the DTLS client (a=setup:active), keep
// the offer's m-lines, mids and BUNDLE.
Parsed<SubscribeAnswer> read_subscribe_answer(const SessionDescription& answer, std::size_t seats);

}  // namespace sotto::bridge::sdp
