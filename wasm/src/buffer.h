// One growing buffer between the worker and the core. It grows by replacement (what was in it is
// lost) and never over its limit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "base/bytes.h"

namespace sotto {

class Buffer {
 public:
  explicit constexpr Buffer(std::size_t limit) : limit_(limit) {}

  // Makes room for `size` bytes; false over the limit or when there is no memory.
  bool reserve(std::size_t size) {
    ++uses_;
    if (size <= size_) return true;
    if (size > limit_) return false;
    // In steps of an eighth, so that frames of slowly growing size do not each cost a replacement.
    std::size_t wanted = (size + size / 8 + 4095) / 4096 * 4096;
    if (wanted > limit_) wanted = limit_;
    size_ = 0;
    bytes_.reset();  // before, not after: both at once would double the peak
    bytes_.reset(new (std::nothrow) std::uint8_t[wanted]);
    if (!bytes_) return false;
    size_ = wanted;
    return true;
  }

  std::uint8_t* data() { return bytes_.get(); }
  std::size_t size() const { return size_; }
  MutableBytes all() { return {bytes_.get(), size_}; }
  MutableBytes first(std::size_t size) { return all().first(size); }

  // Goes up with every reserve: views of what was there before hold no more.
  std::uint64_t uses() const { return uses_; }

  // Where in the buffer the latest result begins.
  void set_result(const std::uint8_t* at) { result_ = at; }
  const std::uint8_t* result() const { return result_; }

 private:
  std::size_t limit_;
  std::size_t size_ = 0;
  std::uint64_t uses_ = 0;
  std::unique_ptr<std::uint8_t[]> bytes_;
  const std::uint8_t* result_ = nullptr;
};

}  // namespace sotto
