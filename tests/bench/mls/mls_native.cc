// The same groups natively (worker.js says how they are made): medians in ms as JSON.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>

#include "bench/mls/members.h"
#include "crypto/ed25519.h"
#include "crypto/init.h"

namespace {

using namespace sotto;
using namespace sotto::mls;

test::SeededRandom random_source(0x5eed00000000);  // no member's seed
std::map<std::string, double> medians;

template <typename T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "error: %s\n", std::string(name(result.error())).c_str());
    std::exit(1);
  }
  return *std::move(result);
}
void must(const Result<void>& result) {
  if (!result) std::exit(1);
}

double milliseconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[(values.size() - 1) / 2];
}

Proposal add_of(std::uint32_t seed) {
  return {Add{must(bench::key_package_of(seed)).key_package}};
}

std::vector<Proposal> adds(std::uint32_t first, std::uint32_t count) {
  std::vector<Proposal> proposals;
  for (std::uint32_t seed = first; seed < first + count; ++seed) proposals.push_back(add_of(seed));
  return proposals;
}

// Committed and merged.
CommitMessages settle(Group& group, std::vector<Proposal> proposals, bool path) {
  CommitMessages messages = must(bench::commit(group, std::move(proposals), path, random_source));
  must(group.merge_pending_commit());
  return messages;
}

void fill_warm(Group& founder, std::uint32_t count) {
  settle(founder, adds(1, 1), false);
  settle(founder, {}, true);
  for (std::uint32_t seed = 2; seed <= count; seed += 2) {
    const Bytes welcome = settle(founder, adds(seed, 2), false).welcomes[0].message;
    OwnKeyPackage joiner = must(bench::key_package_of(seed));
    Group member = must(bench::join(welcome, joiner));
    must(bench::process(founder, must(bench::commit(member, {}, true, random_source)).commit));
  }
}

struct Change {
  const char* name;
  const char* processing;
  std::vector<Proposal> proposals;
  bool path;
};

void measure(std::uint32_t size, bool warm, int rounds) {
  Group founder = must(bench::found_group(random_source));
  if (warm) {
    fill_warm(founder, size - 3);
  } else {
    settle(founder, adds(1, size - 3), false);
  }
  const Bytes welcome = settle(founder, adds(size - 2, 2), false).welcomes[0].message;
  const std::uint32_t spare = size + 1000;
  const std::vector<Change> changes = {{"add", "process_commit", adds(spare, 1), false},
                                       {"update", "process_update", {}, true},
                                       {"remove", "process_remove", {{Remove{{1}}}}, true},
                                       {"add100", "process_add100", adds(spare, 100), false}};
  std::map<std::string, std::vector<double>> samples;
  for (int round = 0; round < rounds; ++round) {
    for (const Change& change : changes) {
      std::vector<Proposal> proposals = change.proposals;
      CommitMessages messages;
      samples[change.name].push_back(milliseconds([&] {
        messages = must(bench::commit(founder, std::move(proposals), change.path, random_source));
      }));
      founder.discard_pending_commit();
      OwnKeyPackage joiner = must(bench::key_package_of(size - 2));
      std::optional<Group> member;
      samples["join"].push_back(milliseconds([&] { member = must(bench::join(welcome, joiner)); }));
      samples[change.processing].push_back(
          milliseconds([&] { must(bench::process(*member, messages.commit)); }));
    }
    std::uint8_t exported[32];
    samples["exporter"].push_back(
        milliseconds([&] { must(founder.exporter("SFrame 1.0 Base Key", {}, exported)); }));
  }
  for (auto& [what, values] : samples) {
    medians[std::to_string(size) + (warm ? "-warm/" : "/") + what] = median(std::move(values));
  }
}

double verify_microseconds() {
  const std::uint8_t message[200] = {1};
  const auto pair = Ed25519KeyPair::generate(random_source);
  const Ed25519Signature signature = pair.sign(message);
  std::vector<double> samples;
  for (int i = 0; i < 200; ++i) {
    samples.push_back(
        milliseconds([&] { must(ed25519_verify(pair.public_key(), message, signature)); }));
  }
  return 1000 * median(std::move(samples));
}

}  // namespace

int main(int count, char** arguments) {
  if (!initialize_crypto()) return 1;
  if (count > 1 && std::strcmp(arguments[1], "--short") == 0) {
    measure(10, false, 1);
    measure(10, true, 1);
  } else {
    measure(10, false, 40);
    measure(100, false, 20);
    measure(100, true, 20);
    measure(500, false, 6);
    measure(1000, false, 6);
  }
  std::printf("{\"verify_us\": %.2f, \"times\": {", verify_microseconds());
  const char* separator = "";
  for (const auto& [id, value] : medians) {
    std::printf("%s\"%s\": %.4f", separator, id.c_str(), value);
    separator = ", ";
  }
  std::printf("}}\n");
  return 0;
}
