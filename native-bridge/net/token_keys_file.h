// The file of `--token-keys`: read at the start, on SIGHUP and when it has changed.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "auth/read_keys.h"

namespace sotto::bridge {

class TokenKeysFile {
 public:
  explicit TokenKeysFile(std::string path) : path_(std::move(path)) {}

  // The keys, or a sentence for the operator.
  std::variant<auth::ReadKeys, std::string> read();
  // Whether it is another file than was last read (replaced, written to, removed). Whoever reads it
  // then, and cannot use it, is told so again only by its next change.
  bool has_changed() const;

 private:
  struct Stamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = -1;
    std::int64_t changed_ns = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  Stamp stamp() const;

  std::string path_;
  Stamp read_;
};

}  // namespace sotto::bridge
