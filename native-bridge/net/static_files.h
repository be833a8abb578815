// The call page's files, read into memory once: serving one is a look-up of its exact path, so no
// request, however written, reaches another file.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace sotto::bridge {

struct StaticFile {
  std::shared_ptr<const std::string> bytes = {};
  std::string content_type = {};
  std::string etag = {};   // of the content
  bool immutable = false;  // its name changes with its content
};

class StaticFiles {
 public:
  static constexpr std::size_t kMaxBytes = 256u << 20;  // of all files together

  // All regular files below `root`, without those whose name begins with a dot and without links
  // that lead out of it. A sentence when it cannot be read.
  static std::variant<StaticFiles, std::string> load(const std::string& root);

  // `path` is the path of a request target, "/assets/app.js". "/" and "/r/<room>" are index.html.
  // nullptr for everything else that is not exactly a file.
  const StaticFile* find(std::string_view path) const;
  bool empty() const { return files_.empty(); }
  std::size_t size() const { return files_.size(); }

 private:
  std::map<std::string, StaticFile, std::less<>> files_;
};

// By the name's ending; application/octet-stream for what is not known.
std::string_view content_type(std::string_view path);

}  // namespace sotto::bridge
