// The members that the bench of MLS has: made of seeds, so that one KeyPackage can be joined with
// as often as there are samples.
#pragma once

#include <string>

#include "mls/group/group.h"
#include "support/seeded_random.h"

namespace sotto::mls::bench {

// Of everything that is made and handled; ts-mls looks at the real clock.
inline UnixTime now = 1'800'000'000;

inline Lifetime lifetime() {
  return {now - 3600, now + 28 * 24 * 3600};
}

inline LeafNodeOptions leaf_of(std::uint32_t seed) {
  const std::string name = "member " + std::to_string(seed);
  LeafNodeOptions options;
  options.credential = basic_credential(as_bytes(name));
  options.grease = false;
  return options;
}

inline Result<OwnKeyPackage> key_package_of(std::uint32_t seed) {
  test::SeededRandom random(seed);
  KeyPackageOptions options;
  options.leaf_node = leaf_of(seed);
  options.lifetime = lifetime();
  SignatureKeyPair signature_key = SignatureKeyPair::generate(random);
  return generate_key_package(std::move(options), std::move(signature_key), random);
}

inline Result<Group> found_group(RandomSource& random) {
  CreateOptions options;
  options.group_id = to_bytes(as_bytes("bench"));
  options.leaf_node = leaf_of(0);
  options.lifetime = lifetime();
  return Group::create(std::move(options), SignatureKeyPair::generate(random), random);
}

// What is not a commit of somebody else's is kInvalidArgument: the bench's mistake.
inline Result<void> process(Group& group, ByteView commit) {
  HandleOptions options;
  options.now = bench::now;
  TRY(Handled handled, group.handle(commit, options));
  StagedCommit* staged = std::get_if<StagedCommit>(&handled);
  if (staged == nullptr) return fail(Error::kInvalidArgument);
  TRY_VOID(group.apply(std::move(*staged)));
  return {};
}

inline Result<CommitMessages> commit(Group& group, std::vector<Proposal> proposals, bool path,
                                     RandomSource& random) {
  CommitOptions options;
  options.proposals = std::move(proposals);
  options.path = path;
  options.now = bench::now;
  options.group_info.grease = false;
  return group.commit(std::move(options), random);
}

// Takes the KeyPackage.
inline Result<Group> join(ByteView welcome, OwnKeyPackage& key_package) {
  JoinOptions options;
  options.now = bench::now;
  return Group::join(welcome, key_package, options);
}

}  // namespace sotto::mls::bench
