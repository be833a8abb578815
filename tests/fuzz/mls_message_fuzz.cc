// fuzz-deps: sotto_mls_wire
// Whatever arrives from the network: Welcome, GroupInfo, KeyPackage, PublicMessage and all that
// stands in it, PrivateMessage.
#include "fuzz/mls_round_trip.h"
#include "mls/wire/mls_message.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sotto::mls::expect_round_trip<sotto::mls::MlsMessage>({data, size});
  return 0;
}
