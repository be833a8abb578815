// JSON that decides who may come in: one object, no name twice in any of its objects (two readers
// would choose differently between them), no deeper than kMaxDepth.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string_view>

namespace sotto::bridge::auth {

inline constexpr std::size_t kMaxDepth = 8;

std::optional<boost::json::object> parse_strictly(std::string_view text);

// The string `name`; empty where it is missing or something else.
std::string_view text_of(const boost::json::object& object, std::string_view name);

}  // namespace sotto::bridge::auth
