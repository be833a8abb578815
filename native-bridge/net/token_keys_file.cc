#include "net/token_keys_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <utility>

namespace sotto::bridge {

TokenKeysFile::Stamp TokenKeysFile::stamp() const {
  struct stat found {};
  if (::stat(path_.c_str(), &found) != 0) return {};
  return {found.st_dev, found.st_ino, found.st_size,
          found.st_ctim.tv_sec * std::int64_t{1'000'000'000} + found.st_ctim.tv_nsec};
}

bool TokenKeysFile::has_changed() const {
  return stamp() != read_;
}

std::variant<auth::ReadKeys, std::string> TokenKeysFile::read() {
  read_ = stamp();  // before the text: what is written meanwhile is a change
  std::ifstream in(path_, std::ios::binary);
  std::string text;
  text.resize(auth::kMaxKeyFileBytes + 1);
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  if (!in.is_open() || in.bad()) return "--token-keys: cannot read '" + path_ + "'";
  auto read = auth::read_keys(text);
  if (auto* complaint = std::get_if<std::string>(&read)) {
    return "--token-keys: '" + path_ + "' " + *complaint;
  }
  return std::get<auth::ReadKeys>(std::move(read));
}

}  // namespace sotto::bridge
