// Members of MLS for the bench's worker (ours.js). A number below 0 is -1 minus an Error; what
// a call returns as bytes lies at output(i) until the next call.
#include <map>
#include <memory>

#include "bench/mls/members.h"
#include "browser_random.h"
#include "crypto/ed25519.h"
#include "mls/wire/mls_message.h"

#define EXPORT extern "C" __attribute__((used, visibility("default")))

namespace {

using namespace sotto;
using namespace sotto::mls;

BrowserRandom random_source;
std::vector<std::unique_ptr<Group>> groups;
std::map<std::uint32_t, KeyPackage> key_packages;  // by seed
std::vector<Proposal> proposals;                   // of the next commit
std::unique_ptr<OwnKeyPackage> joiner;
Bytes input_bytes;
Bytes outputs[2];

int refuse(Error error) {
  return -1 - static_cast<int>(error);
}
int answer(const Result<void>& result) {
  return result ? 0 : refuse(result.error());
}
int keep(Result<Group> group) {
  if (!group) return refuse(group.error());
  groups.push_back(std::make_unique<Group>(*std::move(group)));
  return static_cast<int>(groups.size() - 1);
}

}  // namespace

EXPORT std::uint8_t* sotto_input(std::uint32_t size) {
  input_bytes.resize(size);
  return input_bytes.data();
}
EXPORT const std::uint8_t* sotto_output(int which) {
  return outputs[which].data();
}
EXPORT std::uint32_t sotto_output_size(int which) {
  return static_cast<std::uint32_t>(outputs[which].size());
}

EXPORT void sotto_set_time(double seconds) {
  bench::now = static_cast<UnixTime>(seconds);
}

EXPORT int sotto_found() {
  return keep(bench::found_group(random_source));
}

EXPORT int sotto_make_key_packages(std::uint32_t first, std::uint32_t count) {
  for (std::uint32_t seed = first; seed < first + count; ++seed) {
    if (key_packages.count(seed) != 0) continue;
    auto made = bench::key_package_of(seed);
    if (!made) return refuse(made.error());
    key_packages.emplace(seed, std::move(made->key_package));
  }
  return 0;
}
// Of a made one, as an MLSMessage.
EXPORT void sotto_key_package(std::uint32_t seed) {
  outputs[0] = encode(MlsMessage{key_packages.at(seed)});
}

EXPORT void sotto_propose_add(std::uint32_t seed) {
  proposals.push_back({Add{key_packages.at(seed)}});
}
// Somebody else's, an MLSMessage in the input.
EXPORT int sotto_propose_add_input() {
  auto message = decode<MlsMessage>(input_bytes);
  if (!message) return refuse(message.error());
  proposals.push_back({Add{*message->as<KeyPackage>()}});
  return 0;
}
EXPORT void sotto_propose_remove(std::uint32_t leaf) {
  proposals.push_back({Remove{LeafIndex{leaf}}});
}

// The proposals named before: the commit, and its Welcome if there is one.
EXPORT int sotto_commit(int group, int path) {
  auto made = bench::commit(*groups[group], std::move(proposals), path != 0, random_source);
  proposals.clear();
  if (!made) return refuse(made.error());
  outputs[0] = std::move(made->commit);
  outputs[1] = made->welcomes.empty() ? Bytes() : std::move(made->welcomes[0].message);
  return 0;
}
EXPORT int sotto_merge(int group) {
  auto merged = groups[group]->merge_pending_commit();
  return merged ? 0 : refuse(merged.error());
}
EXPORT void sotto_discard(int group) {
  groups[group]->discard_pending_commit();
}

EXPORT int sotto_process(int group) {
  return answer(bench::process(*groups[group], input_bytes));
}

EXPORT int sotto_prepare_joiner(std::uint32_t seed) {
  auto made = bench::key_package_of(seed);
  if (!made) return refuse(made.error());
  joiner = std::make_unique<OwnKeyPackage>(*std::move(made));
  return 0;
}
EXPORT int sotto_join() {
  return keep(bench::join(input_bytes, *joiner));
}

EXPORT int sotto_exporter(int group) {
  outputs[0].resize(32);
  return answer(groups[group]->exporter("SFrame 1.0 Base Key", {}, outputs[0]));
}

EXPORT int sotto_leave(int group) {
  groups[group].reset();
  return 0;
}

// One signature, checked so many times: the floor. Made by the first call, which nobody times.
EXPORT int sotto_verify(int times) {
  static const std::uint8_t message[200] = {1};
  static const auto pair = Ed25519KeyPair::generate(random_source);
  static const Ed25519Signature signature = pair.sign(message);
  for (int i = 0; i < times; ++i) {
    if (auto good = ed25519_verify(pair.public_key(), message, signature); !good) return -1;
  }
  return 0;
}
