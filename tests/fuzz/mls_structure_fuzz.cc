// fuzz-deps: sotto_mls_wire
// What is read from inside of messages, once decrypted or out of an extension. The first byte picks
// the structure.
#include "fuzz/mls_round_trip.h"
#include "mls/wire/mls_message.h"
#include "mls/wire/ratchet_tree_node.h"
#include "mls/wire/typed_extensions.h"

namespace {

using namespace sotto::mls;

constexpr void (*kChecks[])(sotto::ByteView) = {
    expect_round_trip<RatchetTreeExtension>,
    expect_round_trip<GroupSecrets>,
    expect_round_trip<GroupInfo>,
    expect_round_trip<AuthenticatedContent>,
    expect_round_trip<SenderData>,
    expect_round_trip<Proposal>,
    expect_round_trip<Commit>,
    expect_round_trip<ApplicationId>,
    expect_round_trip<RequiredCapabilities>,
    expect_round_trip<ExternalSenders>,
    expect_round_trip<ExternalPub>,
    expect_round_trip<HpkeCiphertexts>,
    expect_round_trip<LeafNode>,
    expect_round_trip<GroupContext>,
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  kChecks[data[0] % std::size(kChecks)]({data + 1, size - 1});
  return 0;
}
