#include "net/static_files.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "base/bytes.h"
#include "base/hex.h"

namespace sotto::bridge {
namespace {

namespace fs = std::filesystem;

constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".wasm", "application/wasm"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".mp3", "audio/mpeg"},
    {".ogg", "audio/ogg"},
};

std::string etag_of(const std::string& bytes) {
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), digest.data());
  return "\"" + to_hex(ByteView(digest).first(16)) + "\"";
}

bool is_room_path(std::string_view path) {
  if (!path.starts_with("/r/")) return false;
  std::string_view room = path.substr(3);
  return !room.empty() && room.size() <= 64 && std::ranges::all_of(room, [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
  });
}

// Whether a file is served: below the root also when its links are followed, nothing hidden.
bool is_served(const fs::path& root, const fs::path& file) {
  std::error_code error;
  fs::path real = fs::canonical(file, error);
  if (error || !fs::is_regular_file(real, error)) return false;
  fs::path inside = real.lexically_relative(root);
  if (inside.empty() || *inside.begin() == "..") return false;
  fs::path name = file.lexically_relative(root);
  return std::none_of(name.begin(), name.end(),
                      [](const fs::path& part) { return part.string().starts_with('.'); });
}

}  // namespace

std::string_view content_type(std::string_view path) {
  for (auto& [ending, type] : kTypes) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

std::variant<StaticFiles, std::string> StaticFiles::load(const std::string& root) {
  std::error_code error;
  fs::path top = fs::canonical(root, error);
  if (error) return "cannot read the folder '" + root + "': " + error.message();
  StaticFiles files;
  std::size_t total = 0;
  auto entries = fs::recursive_directory_iterator(top, error);
  for (auto end = fs::recursive_directory_iterator(); !error && entries != end;
       entries.increment(error)) {
    const fs::path& path = entries->path();
    if (!is_served(top, path)) continue;
    std::ifstream in(path, std::ios::binary);
    auto bytes = std::make_shared<std::string>(std::istreambuf_iterator<char>(in),
                                               std::istreambuf_iterator<char>());
    if (!in) return "cannot read '" + path.string() + "'";
    total += bytes->size();
    if (total > kMaxBytes) {
      return "the files in '" + root + "' are more than " + std::to_string(kMaxBytes >> 20) +
             " MiB: is it the right folder?";
    }
    std::string name = "/" + path.lexically_relative(top).generic_string();
    StaticFile file{.content_type = std::string(sotto::bridge::content_type(name)),
                    .etag = etag_of(*bytes),
                    .immutable = name.starts_with("/assets/")};
    file.bytes = std::move(bytes);
    files.files_.emplace(std::move(name), std::move(file));
  }
  if (error) return "cannot read the folder '" + root + "': " + error.message();
  return files;
}

const StaticFile* StaticFiles::find(std::string_view path) const {
  if (path == "/" || is_room_path(path)) path = "/index.html";
  auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

}  // namespace sotto::bridge
