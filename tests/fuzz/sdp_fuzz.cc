// fuzz-deps: sotto_bridge_sdp
// A client's SDP: read, answered, and our answer is always one that we can read ourselves.
#include <cstdlib>

#include "sdp/publish_answer.h"
#include "sdp/subscribe_answer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sotto::bridge::sdp;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = parse(text);
  const auto* description = std::get_if<SessionDescription>(&parsed);
  if (description == nullptr) return 0;
  const auto again = parse(serialize(*description));
  if (!std::holds_alternative<SessionDescription>(again)) std::abort();

  LocalTransport local;
  local.ufrag = "abcd";
  local.password = "0123456789012345678901";
  local.addresses = {{"192.0.2.1", 1, true, true}};
  const auto answered = answer_publish(*description, local);
  if (const auto* answer = std::get_if<PublishAnswer>(&answered)) {
    const auto reparsed = parse(answer->sdp);
    const auto* own = std::get_if<SessionDescription>(&reparsed);
    if (own == nullptr || own->media.size() != description->media.size()) std::abort();
  }
  (void)read_subscribe_answer(*description, description->media.size() / 2);
  return 0;
}
