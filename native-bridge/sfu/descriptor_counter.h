// A counter of a payload descriptor (picture id, TL0PICIDX, KEYIDX, frame_number) kept
// continuous across changes of source: the first value of a source becomes the one after the
// newest that went out.
#pragma once

#include <cstdint>
#include <optional>

namespace sotto::bridge {

// What one source's values are moved by; unset until its first value is seen.
struct CounterOffset {
  std::optional<std::uint16_t> offset;
};

class DescriptorCounter {
 public:
  // `bits`: the field's width, 5 to 16.
  std::uint16_t map(std::uint16_t in, int bits, CounterOffset& source) {
    const auto mask = static_cast<std::uint16_t>((1u << bits) - 1);
    if (!source.offset) {
      source.offset = newest_ ? static_cast<std::uint16_t>(*newest_ + 1 - in) : std::uint16_t{0};
    }
    const auto out = static_cast<std::uint16_t>((in + *source.offset) & mask);
    const std::uint16_t ahead = static_cast<std::uint16_t>((out - newest_.value_or(out)) & mask);
    if (!newest_ || ahead <= mask / 2) newest_ = out;
    return out;
  }

 private:
  std::optional<std::uint16_t> newest_;
};

// The value that map() gave, again; the input where the source never had one.
inline std::uint16_t mapped_before(std::uint16_t in, int bits, const CounterOffset& source) {
  return static_cast<std::uint16_t>((in + source.offset.value_or(0)) & ((1u << bits) - 1));
}

}  // namespace sotto::bridge
