#include "signaling/identifiers.h"

#include <algorithm>

#include "base/base64url.h"

namespace sotto::bridge::signaling {
namespace {

bool is_alphanumeric(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_token_char(char c) {
  return is_alphanumeric(c) ||
         std::string_view("!#$%&'*+-.^_`{|}~").find(c) != std::string_view::npos;
}

}  // namespace

bool is_base64url_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alphanumeric(c) || c == '_' || c == '-'; });
}

bool is_room(std::string_view text) {
  return !text.empty() && text.size() <= kMaxRoomChars && is_base64url_text(text);
}

bool is_endpoint(std::string_view text) {
  return text.size() == kEndpointChars && from_base64url(text).has_value();
}

bool is_track(std::string_view text) {
  return !text.empty() && text.size() <= kMaxTrackChars && is_base64url_text(text);
}

bool is_mid(std::string_view text) {
  return !text.empty() && text.size() <= kMaxMidChars &&
         std::all_of(text.begin(), text.end(), is_token_char);
}

}  // namespace sotto::bridge::signaling
