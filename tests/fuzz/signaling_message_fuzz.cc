// fuzz-deps: sotto_bridge_signaling
// A client's text frame: taken whole or refused with a reason, never a crash.
#include <cstdint>
#include <cstdlib>

#include "base/bytes.h"
#include "signaling/bridge_message.h"
#include "signaling/identifiers.h"
#include "signaling/parse_message.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sotto::bridge::signaling;
  const ParsedMessage parsed = parse_message(sotto::as_text({data, size}));
  if (const MessageError* error = parsed.error()) {
    if (error->message.empty() || text_of(parsed.id, *error).empty()) std::abort();
    return 0;
  }
  if (const Join* join = std::get_if<Join>(parsed.message())) {
    if (!is_room(join->room) || !is_endpoint(join->endpoint)) std::abort();
    const std::string state = join->state.value_or("");
    if (state.size() > 8192 || !is_base64url_text(state)) std::abort();
  }
  if (const Publish* publish = std::get_if<Publish>(parsed.message())) {
    if (publish->tracks.size() > 4 || publish->sdp.empty()) std::abort();
  }
  return 0;
}
