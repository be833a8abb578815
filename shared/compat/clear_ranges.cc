#include "compat/clear_ranges.h"

#include <limits>

namespace sotto {
namespace {

void copy(ByteView from, MutableBytes to) {
  if (!from.empty()) std::memcpy(to.data(), from.data(), from.size());
}

}  // namespace

Result<void> ClearRanges::add(std::size_t offset, std::size_t size) {
  constexpr std::size_t kLimit = std::numeric_limits<std::uint32_t>::max();
  if (offset < reach() || offset > kLimit || size > kLimit - offset) {
    return fail(Error::kMalformed);
  }
  if (size == 0) return {};
  if (count_ > 0 && offset == reach()) {
    ranges_[count_ - 1].size += static_cast<std::uint32_t>(size);
  } else {
    if (count_ == kMax) return fail(Error::kTooLarge);
    ranges_[count_++] = {.offset = static_cast<std::uint32_t>(offset),
                         .size = static_cast<std::uint32_t>(size)};
  }
  total_ += size;
  return {};
}

bool ClearRanges::contain(std::size_t offset, std::size_t size) const {
  for (const ClearRange& range : *this) {
    if (offset < range.offset) return false;
    if (offset + size <= range.end()) return true;
  }
  return false;
}

void take_apart(const ClearRanges& ranges, ByteView frame, MutableBytes clear, MutableBytes rest) {
  std::size_t at = 0;
  for (const ClearRange& range : ranges) {
    const ByteView between = frame.subspan(at, range.offset - at);
    copy(between, rest);
    rest = rest.subspan(between.size());
    copy(frame.subspan(range.offset, range.size), clear);
    clear = clear.subspan(range.size);
    at = range.end();
  }
  copy(frame.subspan(at), rest);
}

// From the end: every byte of `rest` moves up or stays, so none is overwritten before it moved.
void put_together(const ClearRanges& ranges, ByteView clear, ByteView rest, MutableBytes frame) {
  std::size_t end = frame.size();
  for (std::size_t i = ranges.count(); i-- > 0;) {
    const ClearRange& range = ranges.begin()[i];
    const std::size_t behind = end - range.end();
    if (behind > 0) {
      std::memmove(frame.data() + range.end(), rest.last(behind).data(), behind);
      rest = rest.first(rest.size() - behind);
    }
    copy(clear.last(range.size), frame.subspan(range.offset, range.size));
    clear = clear.first(clear.size() - range.size);
    end = range.offset;
  }
  if (end > 0) std::memmove(frame.data(), rest.data(), end);
}

}  // namespace sotto
