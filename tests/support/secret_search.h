// Looks for secrets in this process's memory, where they should be no longer.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/bytes.h"

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ADDRESS_SANITIZER 1
#endif
#endif

namespace sotto::test {

// AddressSanitizer's heap lies here; around it are terabytes of its own notes.
inline bool may_be_heap([[maybe_unused]] std::uint64_t begin) {
#ifdef UNDER_ADDRESS_SANITIZER
  return begin >= 0x600000000000 && begin < 0x640000000000;
#else
  return true;
#endif
}

// Secrets to look for, kept so that the list itself is not found.
class SecretSearch {
 public:
  void add(std::string what, ByteView secret) {
    ASSERT_EQ(secret.size(), 32u);
    Entry entry{std::move(what), {}};
    for (std::size_t i = 0; i < 32; ++i) entry.masked[i] = secret[i] ^ kMask;
    entries_.push_back(entry);
  }

  // Those of which the first 16 bytes stand anywhere in memory that is not of a file or a stack.
  std::vector<std::string> find_in_heap() const { return find(false); }
  // Or on the first thread's stack.
  std::vector<std::string> find_anywhere() const { return find(true); }

 private:
  std::vector<std::string> find(bool on_stack) const {
    std::vector<std::string> found;
    std::ifstream maps("/proc/self/maps");
    std::string line;
    while (std::getline(maps, line)) {
      std::istringstream in(line);
      std::string range, rights, offset, device, inode, path;
      in >> range >> rights >> offset >> device >> inode >> path;
      const bool stack = on_stack && path == "[stack]";
      const bool heap = path.empty() || path == "[heap]";
      if (!rights.starts_with("rw") || (!heap && !stack)) continue;
      auto begin = std::stoull(range.substr(0, range.find('-')), nullptr, 16);
      auto end = std::stoull(range.substr(range.find('-') + 1), nullptr, 16);
      if (heap && !may_be_heap(begin)) continue;
      search(reinterpret_cast<const std::uint8_t*>(begin), end - begin, found);
    }
    return found;
  }

  static constexpr std::uint8_t kMask = 0xa7;
  struct Entry {
    std::string what;
    std::array<std::uint8_t, 32> masked;
  };

#ifdef UNDER_ADDRESS_SANITIZER
  __attribute__((no_sanitize("address")))
#endif
  void
  search(const std::uint8_t* at, std::size_t size, std::vector<std::string>& found) const {
    bool begins[256] = {};  // most bytes begin none of them
    for (const Entry& entry : entries_) begins[entry.masked[0] ^ kMask] = true;
    for (std::size_t i = 0; i + 16 <= size; ++i) {
      if (!begins[at[i]]) continue;
      for (const Entry& entry : entries_) {
        if ((at[i] ^ kMask) != entry.masked[0] || (at[i + 1] ^ kMask) != entry.masked[1]) continue;
        std::size_t same = 2;
        while (same < 16 && (at[i + same] ^ kMask) == entry.masked[same]) ++same;
        if (same == 16) found.push_back(entry.what);
      }
    }
  }

  std::vector<Entry> entries_;
};

}  // namespace sotto::test
