#include "room/display_name.h"

#include <algorithm>
#include <iterator>

#include "room/utf8.h"

namespace sotto::room {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// In order. Names of characters from the Unicode Character Database.
constexpr Range kRefused[] = {
    {0x00, 0x1f},         // control characters
    {0x7f, 0xa0},         // DELETE, more control characters, NO-BREAK SPACE
    {0xad, 0xad},         // SOFT HYPHEN: invisible
    {0x34f, 0x34f},       // COMBINING GRAPHEME JOINER: invisible
    {0x61c, 0x61c},       // ARABIC LETTER MARK: sets a direction
    {0x115f, 0x1160},     // Hangul fillers: look like nothing
    {0x1680, 0x1680},     // OGHAM SPACE MARK
    {0x17b4, 0x17b5},     // Khmer inherent vowels: invisible
    {0x180b, 0x180f},     // Mongolian selectors and vowel separator
    {0x2000, 0x200b},     // spaces of other widths, and of none
    {0x200e, 0x200f},     // LEFT-TO-RIGHT MARK, RIGHT-TO-LEFT MARK
    {0x2028, 0x202f},     // line and paragraph ends, embeddings and overrides, a narrow space
    {0x205f, 0x206f},     // a space, invisible operators, isolates, deprecated formats
    {0x2800, 0x2800},     // BRAILLE PATTERN BLANK
    {0x3000, 0x3000},     // IDEOGRAPHIC SPACE
    {0x3164, 0x3164},     // HANGUL FILLER
    {0xd800, 0xf8ff},     // surrogates, private use
    {0xfdd0, 0xfdef},     // non-characters
    {0xfeff, 0xfeff},     // ZERO WIDTH NO-BREAK SPACE
    {0xffa0, 0xffa0},     // HALFWIDTH HANGUL FILLER
    {0xfff0, 0xfffc},     // unassigned, annotations, OBJECT REPLACEMENT CHARACTER
    {0x1bca0, 0x1bca3},   // shorthand format controls
    {0x1d159, 0x1d159},   // MUSICAL SYMBOL NULL NOTEHEAD
    {0x1d173, 0x1d17a},   // musical format controls
    {0xe0000, 0x10ffff},  // tags, supplementary private use
};

constexpr Range kCombining[] = {
    {0x300, 0x36f},   {0x483, 0x489},   {0x1ab0, 0x1aff},
    {0x1dc0, 0x1dff}, {0x20d0, 0x20ff}, {0xfe20, 0xfe2f},
};

// Shape letters or emoji, and are needed for that, but two names must not differ in them alone:
// ZERO WIDTH NON-JOINER and JOINER, variation selectors.
constexpr Range kShaping[] = {{0x200c, 0x200d}, {0xfe00, 0xfe0f}};

constexpr std::size_t kMostCombining = 4;

template <std::size_t N>
bool in(const Range (&ranges)[N], char32_t point) {
  return std::any_of(std::begin(ranges), std::end(ranges), [&](const Range& range) {
    return point >= range.first && point <= range.last;
  });
}

bool is_non_character(char32_t point) {
  return (point & 0xfffe) == 0xfffe;
}

}  // namespace

Result<void> check_name(std::string_view name) {
  if (name.size() > kMaxNameSize) return fail(Error::kTooLarge);
  if (name.empty() || name.front() == ' ' || name.back() == ' ') return fail(Error::kMalformed);
  std::size_t length = 0;
  std::size_t combining = 0;
  bool visible = false;
  bool space = false;
  while (!name.empty()) {
    TRY(const char32_t point, take_code_point(name));
    if (++length > kMaxNameLength) return fail(Error::kTooLarge);
    if (in(kRefused, point) || is_non_character(point)) return fail(Error::kMalformed);
    if (point == ' ' && space) return fail(Error::kMalformed);
    const bool shaping = in(kShaping, point);
    if (in(kCombining, point)) {
      if (!visible || space || ++combining > kMostCombining) return fail(Error::kMalformed);
    } else if (!shaping) {
      combining = 0;
      visible = visible || point != ' ';
    } else if (!visible) {
      return fail(Error::kMalformed);
    }
    if (!shaping) space = point == ' ';
  }
  return {};
}

std::string folded_name(std::string_view name) {
  std::string folded;
  while (!name.empty()) {
    std::string_view rest = name;
    const auto point = take_code_point(rest);
    if (!point) break;
    const std::string_view text = name.substr(0, name.size() - rest.size());
    name = rest;
    if (in(kShaping, *point)) continue;
    if (*point >= 'A' && *point <= 'Z') {
      folded += static_cast<char>(*point - 'A' + 'a');
    } else {
      folded += text;
    }
  }
  return folded;
}

}  // namespace sotto::room
