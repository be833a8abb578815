// The working group's test vectors. Each .cc file here checks one kind of file with
//
//   const VectorFile file("vectors/mls/tree-math.json", 10, [](const Case& c, Report& report) {
//     report.equal("root", ..., c.at("root"));
//   });
//
// and is linked into two programs that run them all and print the same counts: a GoogleTest
// natively (mls_vectors_test.cc) and a WebAssembly module under Node (mls_vectors_wasm.cc), of the
// libraries as they are shipped.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "mls/bytes.h"
#include "mls/keys/suite.h"

namespace sotto::mls::vectors {

using Case = nlohmann::json;

// What did not match.
class Report {
 public:
  // Returns `ok`.
  bool expect(std::string_view what, bool ok);
  void equal(std::string_view what, ByteView actual, const Case& hex);
  template <typename T>
  requires std::is_integral_v<T>
  void equal(std::string_view what, T actual, const Case& number) {
    expect(what, number.is_number_integer() && actual == number.get<T>());
  }

  void begin_case(std::string name) { case_ = std::move(name); }
  const std::vector<std::string>& failures() const { return failures_; }
  std::size_t expectations() const { return expectations_; }

 private:
  std::string case_;
  std::vector<std::string> failures_;
  std::size_t expectations_ = 0;
};

Bytes bytes_of(const Case& hex);
// Of a case that has a "cipher_suite": only those of ours get as far as a check.
Suite suite_of(const Case& c);

// For what only has to be unpredictable to others; the same each run.
class TestRandom : public RandomSource {
 public:
  void fill(MutableBytes out) override {
    for (std::uint8_t& byte : out) {
      state_ = state_ * 6364136223846793005u + 1442695040888963407u;
      byte = static_cast<std::uint8_t>(state_ >> 56);
    }
  }

 private:
  std::uint64_t state_ = 1;
};

class VectorFile {
 public:
  using Check = void (*)(const Case& c, Report& report);
  // False for cases that this implementation has no part in.
  using Applies = bool (*)(const Case& c);

  // `path` is below SOTTO_REFERENCE_DIR and holds an array; `cases` is how many of it must run.
  VectorFile(const char* path, std::size_t cases, Check check, Applies applies = has_our_suite);

  // A case without a "cipher_suite" concerns everybody.
  static bool has_our_suite(const Case& c);
  static const std::vector<const VectorFile*>& all();

  const char* path() const { return path_; }

  struct Outcome {
    bool present = false;
    std::size_t ran = 0, left_out = 0, expectations = 0;
    std::vector<std::string> failures;
  };
  // Reads the file below `folder`; says on standard output how many cases ran, or that it is not
  // there. Another number than `cases` is a failure.
  Outcome run(const std::string& folder) const;

 private:
  const char* path_;
  std::size_t cases_;
  Check check_;
  Applies applies_;
};

}  // namespace sotto::mls::vectors
