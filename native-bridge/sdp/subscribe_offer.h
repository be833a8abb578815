// The bridge's offer to a receiver: one audio and one video m-line a seat, fixed payload types
// and extension ids, so that an offer for more seats only adds m-lines at the end.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "rtp/codec.h"
#include "rtp/header_extension.h"
#include "sdp/transport_parameters.h"

namespace sotto::bridge::sdp {

struct SubscribePayloadType {
  Codec codec;
  std::uint8_t payload_type;
  std::uint8_t rtx_payload_type;  // 0: none
};

constexpr std::array<SubscribePayloadType, 5> kSubscribePayloadTypes{{
    {Codec::kOpus, 111, 0},
    {Codec::kVp8, 96, 97},
    {Codec::kVp9, 98, 99},
    {Codec::kH264, 102, 103},
    {Codec::kAv1, 45, 46},
}};

// mid 4, abs-send-time 2, audio-level 1, dependency descriptor 12, video orientation 13.
ExtensionMap subscribe_extensions(MediaKind kind);

// What one seat sends, the same for the connection's life.
struct SeatStreams {
  std::uint32_t audio_ssrc = 0;
  std::uint32_t video_ssrc = 0;
  std::uint32_t video_rtx_ssrc = 0;
  std::string cname;
};

std::string audio_mid(std::size_t seat);  // "a0"
std::string video_mid(std::size_t seat);  // "v0"

// Offer and answer then stay far below kMaxText.
constexpr std::size_t kMaxSeats = 64;

std::string write_subscribe_offer(const LocalTransport& local, std::span<const SeatStreams> seats);

}  // namespace sotto::bridge::sdp
