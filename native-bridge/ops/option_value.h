// From an operator's text to a value. Each returns what is wrong, in words that finish the
// sentence "--port: it ...", or nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "net/config.h"

namespace sotto::bridge {

using Complaint = std::optional<std::string>;

Complaint read_count(std::string_view text, std::uint64_t low, std::uint64_t high,
                     std::size_t& out);
Complaint read_port(std::string_view text, std::uint16_t& out);
Complaint read_number(std::string_view text, double low, double high, double& out);
// Seconds, with a fraction if wanted: "30", "0.5".
Complaint read_seconds(std::string_view text, double low, double high, Duration& out);
Complaint read_flag(std::string_view text, bool& out);
Complaint read_address(std::string_view text, Address& out);
// "https://meet.example.org" or with a port; lower case, without a path and a default port.
Complaint read_origin(std::string_view text, std::string& out);
// One more for a list: any text but none, a room's name.
Complaint read_text(std::string_view text, std::vector<std::string>& out);
Complaint read_room(std::string_view text, std::vector<std::string>& out);
Complaint read_log_level(std::string_view text, LogThreshold& out);
Complaint read_log_format(std::string_view text, LogFormat& out);

}  // namespace sotto::bridge
