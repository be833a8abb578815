// fuzz-deps: sotto_test_support
// Any datagram put to a transport in a call, by the call's path or by another: it stays up, and
// accepts nothing.
#include <cstdlib>

#include "support/virtual_call.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using sotto::bridge::test::VirtualCall;
  static VirtualCall& call = *[] {
    auto* made = new VirtualCall;
    if (!made->connect()) std::abort();
    made->lose = [](auto...) { return true; };  // answers need not be kept
    return made;
  }();
  if (size == 0) return 0;
  const auto path = VirtualCall::path(data[0] % 2 == 0 ? 1 : 9);
  const auto received = call.inject(path, sotto::ByteView(data + 1, size - 1));
  if (received.kind != sotto::bridge::Transport::Received::Kind::kNone) std::abort();
  if (!call.bridge.connected() || *call.bridge.selected_path() != VirtualCall::path(1))
    std::abort();
  return 0;
}
