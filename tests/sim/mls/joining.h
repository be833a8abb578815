// How clients of a simulated group come into it.
#pragma once

#include "mls/group/group.h"
#include "sim/mls/people.h"

namespace sotto::mls::sim {

inline constexpr UnixTime kNow = 1500;
inline constexpr ExtensionType kSimulatedExtension{0xf5a1};

SignatureKeyPair copy_of(const SignatureKeyPair& key);
LeafNodeOptions leaf_of(const Client& client);
Result<Group> create_group(const Client& client, RandomSource& random);
Result<OwnKeyPackage> key_package_of(const Client& client, RandomSource& random);
// Whether one with this name is in the group.
bool is_inside(const Client& client, const Group& group);

// A message with another epoch where it names its own.
Bytes with_epoch(ByteView message, std::uint64_t epoch);

}  // namespace sotto::mls::sim
