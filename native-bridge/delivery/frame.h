// The binary frames of the delivery service. A client sends
//
//    0      1           5
//   +------+-----------+--------------------------------------------------+
//   | kind | id (4)    | content                                          |
//   +------+-----------+-----------+--------------------------+-----------+
//   | 0x03 | id (4)    | count (2) | count endpoints, 16 each | content   |
//   +------+-----------+-----------+--------------------------+-----------+
//
// and hears
//
//    0      1             17           25       29
//   +------+-------------+------------+--------+---------+
//   | 0x01 | sender (16) | number (8) | id (4) | content |
//   +------+-------------+------------+--------+---------+
//   | 0x02 | sender (16) | content                       |   0x03 alike
//   +------+-------------+--------+----------+---------+-+
//   | 0x04 | sender (16) | id (4) | size (4) | content |    the last four once or more
//   +------+-------------+--------+----------+---------+
//
// The content is never looked at (docs/protocol.md, "Delivery of group messages").
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "delivery/limits.h"

namespace sotto::bridge::delivery {

// An endpoint as its client named it.
using EndpointName = std::array<std::uint8_t, 16>;

enum class FrameKind : std::uint8_t {
  kHandshake = 1,
  kKeyPackage = 2,
  kWelcome = 3,
  kApplication = 4,
};

struct ClientFrame {
  FrameKind kind = FrameKind::kHandshake;
  std::uint32_t id = 0;
  std::vector<EndpointName> to;  // of a Welcome: at least one, none twice, in no order
  ByteView content;              // not empty but in a key package that is taken back
};

enum class FrameFault : std::uint8_t {
  kTruncated,
  kUnknownKind,
  kEmpty,
  kBadAddressees,
  kTooLarge
};

struct FrameError {
  FrameFault fault = FrameFault::kTruncated;
  std::optional<std::uint32_t> id;  // where the frame was long enough to have one
};

// The content is a view into `bytes`.
std::variant<ClientFrame, FrameError> parse_frame(ByteView bytes, const DeliveryLimits& limits,
                                                  std::size_t max_addressees);

// One frame for however many receivers, and for the log.
using SharedFrame = std::shared_ptr<const std::string>;

// Without its number, which is given when its turn comes.
std::string handshake_frame(const EndpointName& sender, std::uint32_t id, ByteView content);
void set_number(std::string& handshake_frame, std::uint64_t number);
std::string key_package_frame(const EndpointName& sender, ByteView content);
std::string welcome_frame(const EndpointName& sender, ByteView content);
// One of the messages of a frame of application messages, and what stands before the first.
std::string application_record(const EndpointName& sender, std::uint32_t id, ByteView content);
std::string application_frame_start();

}  // namespace sotto::bridge::delivery
