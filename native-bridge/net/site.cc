#include "net/site.h"

namespace sotto::bridge {
namespace {

PageAnswer answer_with(unsigned status, std::string_view type, std::string body,
                       std::string_view host, bool tls) {
  PageAnswer answer{.status = status, .headers = security_headers(host, tls)};
  answer.headers.emplace_back("Content-Type", type);
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.body = std::make_shared<const std::string>(std::move(body));
  return answer;
}

// If-None-Match is a list of tags, perhaps weak (RFC 9110 section 13.1.2). A tag is 34
// characters of its own, so that finding it in the list is finding it as a member.
bool matches(std::string_view if_none_match, std::string_view etag) {
  return if_none_match == "*" || if_none_match.find(etag) != if_none_match.npos;
}

}  // namespace

PageAnswer text_answer(unsigned status, std::string text, std::string_view host, bool tls) {
  return answer_with(status, "text/plain; charset=utf-8", std::move(text) + "\n", host, tls);
}

PageAnswer Site::answer(const PageRequest& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    PageAnswer answer = text_answer(405, "only GET and HEAD", request.host, request.tls);
    answer.headers.emplace_back("Allow", "GET, HEAD");
    return answer;
  }
  std::string_view path = request.target.substr(0, request.target.find('?'));
  if (path == "/healthz") {
    return answer_with(200, "application/json", health_(), request.host, request.tls);
  }
  if (path == kSignalingPath) {
    PageAnswer answer =
        text_answer(426, "this address speaks WebSocket (sotto.v1)", request.host, request.tls);
    answer.headers.emplace_back("Upgrade", "websocket");
    return answer;
  }
  if (const StaticFile* file = files_.find(path)) return file_answer(*file, request);
  std::string text = "no such page";
  if (files_.empty()) text += "; this bridge was started without --web-root";
  return text_answer(404, text, request.host, request.tls);
}

PageAnswer Site::file_answer(const StaticFile& file, const PageRequest& request) const {
  PageAnswer answer{.headers = security_headers(request.host, request.tls)};
  answer.headers.emplace_back("ETag", file.etag);
  answer.headers.emplace_back("Cache-Control",
                              file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (matches(request.if_none_match, file.etag)) {
    answer.status = 304;
    answer.body = std::make_shared<const std::string>();
    return answer;
  }
  answer.headers.emplace_back("Content-Type", file.content_type);
  answer.body = file.bytes;
  return answer;
}

}  // namespace sotto::bridge
