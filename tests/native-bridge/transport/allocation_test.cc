// The media path allocates nothing: C++ allocations and OpenSSL's are counted while packets of
// known SSRCs go both ways. (libsrtp allocates only for a new SSRC.)
#include <gtest/gtest.h>
#include <openssl/crypto.h>

#include <cstdlib>

#include "support/counted_allocations.h"
#include "support/virtual_call.h"
#include "transport/transport.h"

namespace {

std::size_t openssl_allocations = 0;

// Before main, as OpenSSL accepts it only before its first allocation.
const bool openssl_counted = CRYPTO_set_mem_functions(
                                 [](std::size_t size, const char*, int) {
                                   ++openssl_allocations;
                                   return std::malloc(size);
                                 },
                                 [](void* memory, std::size_t size, const char*, int) {
                                   ++openssl_allocations;
                                   return std::realloc(memory, size);
                                 },
                                 [](void* memory, const char*, int) { std::free(memory); }) == 1;

}  // namespace

namespace sotto::bridge {
namespace {

using sotto::test::allocations;
using test::VirtualCall;

TEST(MediaPath, AllocatesNothingForAPacket) {
  ASSERT_TRUE(openssl_counted);
  for (const SrtpProfile profile : {SrtpProfile::kAeadAes128Gcm, SrtpProfile::kAes128CmSha1_80}) {
    VirtualCall call(1, {.only_profile = profile});
    ASSERT_TRUE(call.connect());
    // What comes in, protected beforehand.
    std::vector<std::vector<std::uint8_t>> inbound;
    std::vector<std::vector<std::uint8_t>> outbound;
    for (int i = 0; i < 101; ++i) {
      ASSERT_TRUE(call.peer.send_rtp(call.now, call.next_rtp()));
      inbound.push_back(call.peer.outgoing().back().bytes);
      outbound.push_back(call.next_rtp(0x5678));
    }
    std::size_t before = 0;
    std::size_t openssl_before = 0;
    for (std::size_t i = 0; i < inbound.size(); ++i) {
      const auto received =
          call.bridge.handle_datagram(call.now, VirtualCall::path(1), inbound[i], call.queue);
      const bool sent = call.bridge.send_rtp(call.now, outbound[i], call.queue);
      ASSERT_TRUE(received.kind == Transport::Received::Kind::kRtp && sent);
      if (i > 0) continue;  // the first packet of each SSRC may
      before = allocations;
      openssl_before = openssl_allocations;
    }
    EXPECT_EQ(allocations, before);
    if (profile == SrtpProfile::kAeadAes128Gcm) {
      EXPECT_EQ(openssl_allocations, openssl_before);
    }
  }
}

}  // namespace
}  // namespace sotto::bridge
