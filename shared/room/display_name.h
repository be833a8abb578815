// What people may call themselves (security profile, section 4). A name is text that others' pages
// show beside pictures and marks, so nothing in it may be invisible, change the direction of what
// stands around it, or break out of its line.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace sotto::room {

inline constexpr std::size_t kMaxNameSize = 128;   // bytes of UTF-8
inline constexpr std::size_t kMaxNameLength = 64;  // code points

// kTooLarge over the limits; kMalformed for an empty name, what is not UTF-8 (overlong forms,
// surrogates), control characters and line ends, characters that set a direction, invisible ones,
// non-characters and private use, spaces other than U+0020, spaces at an end or in a row, and a
// combining mark with nothing before it or more than four in a row.
Result<void> check_name(std::string_view name);

// Names that look alike have the same folded form: ASCII letters in lower case, joiners and
// variation selectors left out. For comparing pins; never shown. `name` has been checked.
std::string folded_name(std::string_view name);

}  // namespace sotto::room
