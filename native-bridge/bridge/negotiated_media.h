// From what the SDP says to what the conference forwards by.
#pragma once

#include "rtp/header_extension.h"
#include "sdp/publish_answer.h"
#include "sdp/subscribe_answer.h"
#include "sfu/negotiated.h"

namespace sotto::bridge {

std::vector<NegotiatedCodec> negotiated_codecs(const std::vector<sdp::MediaFormat>& formats);
std::vector<NegotiatedExtension> negotiated_extensions(const ExtensionMap& extensions);

// Without id and source, which the SDP does not know.
PublishedTrack published_track(const sdp::PublishMedia& media);

// All seats of one kind are offered alike; the first that the client accepted speaks for all.
SubscribeParameters subscribe_parameters(const sdp::SubscribeAnswer& answer);

}  // namespace sotto::bridge
