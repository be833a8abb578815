#include "ops/option_value.h"

#include <charconv>
#include <cmath>

#include "net/origin.h"
#include "signaling/identifiers.h"

namespace sotto::bridge {
namespace {

std::string range(const std::string& low, const std::string& high) {
  return "must be a number from " + low + " to " + high;
}

template <typename T>
bool whole(std::string_view text, T& out) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

std::string plain(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace

Complaint read_count(std::string_view text, std::uint64_t low, std::uint64_t high,
                     std::size_t& out) {
  std::uint64_t value = 0;
  if (!whole(text, value) || value < low || value > high) {
    return range(std::to_string(low), std::to_string(high));
  }
  out = value;
  return {};
}

Complaint read_port(std::string_view text, std::uint16_t& out) {
  std::size_t value = 0;
  if (auto complaint = read_count(text, 0, 65535, value)) return complaint;
  out = static_cast<std::uint16_t>(value);
  return {};
}

Complaint read_number(std::string_view text, double low, double high, double& out) {
  double value = 0;
  if (!whole(text, value) || !std::isfinite(value) || value < low || value > high) {
    return range(plain(low), plain(high));
  }
  out = value;
  return {};
}

Complaint read_seconds(std::string_view text, double low, double high, Duration& out) {
  double value = 0;
  if (auto complaint = read_number(text, low, high, value)) return *complaint + " (seconds)";
  out = Duration(static_cast<Duration::rep>(value * 1e6));
  return {};
}

Complaint read_flag(std::string_view text, bool& out) {
  if (text != "true" && text != "false") return "must be true or false";
  out = text == "true";
  return {};
}

Complaint read_address(std::string_view text, Address& out) {
  auto address = Address::from_text(text, 0);
  if (!address) return "must be an IPv4 or IPv6 address, without a port";
  out = *address;
  return {};
}

Complaint read_origin(std::string_view text, std::string& out) {
  auto origin = parse_origin(text);
  if (!origin) return "must be an origin such as https://meet.example.org, without a path";
  out = origin->text();
  return {};
}

Complaint read_text(std::string_view text, std::vector<std::string>& out) {
  if (text.empty()) return "must not be empty";
  out.emplace_back(text);
  return {};
}

Complaint read_room(std::string_view text, std::vector<std::string>& out) {
  if (!signaling::is_room(text)) return "must be a room: 1 to 64 characters of A-Z a-z 0-9 _ -";
  return read_text(text, out);
}

Complaint read_log_level(std::string_view text, LogThreshold& out) {
  if (text == "debug") {
    out = LogThreshold::kDebug;
  } else if (text == "info") {
    out = LogThreshold::kInfo;
  } else if (text == "warning") {
    out = LogThreshold::kWarning;
  } else if (text == "error") {
    out = LogThreshold::kError;
  } else {
    return "must be one of debug, info, warning, error";
  }
  return {};
}

Complaint read_log_format(std::string_view text, LogFormat& out) {
  if (text != "text" && text != "json") return "must be text or json";
  out = text == "json" ? LogFormat::kJson : LogFormat::kText;
  return {};
}

}  // namespace sotto::bridge
