// The small pieces that SDP lines consist of (RFC 8866 section 9).
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

namespace sotto::bridge::sdp {

// Parts between `separator`; empty parts are left out.
std::vector<std::string_view> split(std::string_view text, char separator);

// The part before `separator` and what follows it; all and "" without it.
struct Halves {
  std::string_view first;
  std::string_view rest;
};
Halves cut(std::string_view text, char separator);

// Decimal digits only, in range.
template <typename T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

bool equal_ignoring_case(std::string_view a, std::string_view b);

// 1 to `limit` letters, digits, '-', '_': what mids and rids are made of in practice, a subset
// of RFC 8866's token.
bool is_identifier(std::string_view text, std::size_t limit);

}  // namespace sotto::bridge::sdp
