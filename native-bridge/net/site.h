// Answers plain HTTP requests: the call page, /healthz, and errors that say what is wrong. No
// sockets here.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "net/security_headers.h"
#include "net/static_files.h"

namespace sotto::bridge {

struct PageRequest {
  std::string_view method;
  std::string_view target;
  std::string_view host;
  std::string_view if_none_match;
  bool tls = false;
};

struct PageAnswer {
  unsigned status = 200;
  HeaderList headers = {};
  std::shared_ptr<const std::string> body = {};  // HEAD leaves it out when writing
};

class Site {
 public:
  // `health` makes the JSON of /healthz.
  Site(StaticFiles files, std::function<std::string()> health)
      : files_(std::move(files)), health_(std::move(health)) {}

  PageAnswer answer(const PageRequest& request) const;
  void replace_files(StaticFiles files) { files_ = std::move(files); }

 private:
  PageAnswer file_answer(const StaticFile& file, const PageRequest& request) const;

  StaticFiles files_;
  std::function<std::string()> health_;
};

// A short text for people, with security headers.
PageAnswer text_answer(unsigned status, std::string text, std::string_view host, bool tls);

inline constexpr std::string_view kSignalingPath = "/v1/ws";

}  // namespace sotto::bridge
