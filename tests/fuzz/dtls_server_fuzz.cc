// fuzz-deps: sotto_bridge_dtls
// Any sequence of datagrams, each with two bytes of length before it, put to a fresh DTLS server:
// no crash, never an association, and no flood in answer.
#include <algorithm>
#include <cstdlib>

#include "base/byte_reader.h"
#include "dtls/server_session.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sotto::bridge;
  static const Identity identity;
  static DatagramQueue out(1 << 20, 1024);
  const Path path{0, *Address::from_text("192.0.2.1", 4000)};
  DtlsServerSession session(identity);
  sotto::Time now = sotto::from_microseconds(1);
  sotto::ByteReader reader(sotto::ByteView(data, size));
  for (int i = 0; i < 16 && !reader.empty(); ++i) {
    const auto length = reader.u16();
    if (!length) break;
    const auto datagram = reader.bytes(std::min<std::size_t>(*length, reader.remaining()));
    out.clear();
    session.handle_datagram(now, path, *datagram, out);
    if (out.datagrams().size() > 16) std::abort();
    now += std::chrono::milliseconds(30);
    session.handle_timeout(now, &path, out);
  }
  const auto state = session.state();
  using State = DtlsServerSession::State;
  if (state == State::kEstablished || state == State::kUnverified) std::abort();
  return 0;
}
