// fuzz-deps: sotto_bridge_ice
// Any bytes as a STUN message, and as a check put to a lite agent: no crash, never more bytes in
// answer to a stranger than came, no path from anybody without the password.
#include <cstdlib>

#include "ice/lite_agent.h"
#include "stun/message.h"
#include "support/seeded_random.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sotto::bridge;
  const sotto::ByteView input(data, size);
  if (const auto message = stun::Message::parse(input)) {
    message->has_integrity("password");
    message->has_fingerprint();
  }
  (void)stun::local_ufrag(input);

  static sotto::test::SeededRandom random(1);
  static LiteAgent agent(random);
  static DatagramQueue out(4096, 4);
  const Path path{0, *Address::from_text("192.0.2.1", 4000)};
  out.clear();
  agent.handle_datagram(sotto::from_microseconds(1), path, input, out);
  std::size_t answered = 0;
  for (const auto& datagram : out.datagrams()) answered += datagram.size;
  if (answered > size || agent.selected_path() != nullptr) std::abort();
  return 0;
}
