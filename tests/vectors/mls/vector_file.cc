#include "vectors/mls/vector_file.h"

#include <cstdio>
#include <fstream>

#include "base/hex.h"

namespace sotto::mls::vectors {
namespace {

std::vector<const VectorFile*>& registry() {
  static std::vector<const VectorFile*> files;
  return files;
}

}  // namespace

bool Report::expect(std::string_view what, bool ok) {
  ++expectations_;
  if (!ok) failures_.push_back(case_ + ": " + std::string(what));
  return ok;
}

void Report::equal(std::string_view what, ByteView actual, const Case& hex) {
  const std::string expected = hex.get<std::string>();
  const std::string found = to_hex(actual);
  if (!expect(what, found == expected)) {
    failures_.back() += " is " + found + " instead of " + expected;
  }
}

Bytes bytes_of(const Case& hex) {
  return to_bytes(from_hex(hex.get<std::string>()).value());
}

Suite suite_of(const Case& c) {
  return suite_from(static_cast<CipherSuite>(c.at("cipher_suite").get<std::uint16_t>())).value();
}

VectorFile::VectorFile(const char* path, std::size_t cases, Check check, Applies applies)
    : path_(path), cases_(cases), check_(check), applies_(applies) {
  registry().push_back(this);
}

bool VectorFile::has_our_suite(const Case& c) {
  if (!c.contains("cipher_suite")) return true;
  const auto number = c.at("cipher_suite").get<std::uint16_t>();
  return suite_from(static_cast<CipherSuite>(number)).has_value();
}

const std::vector<const VectorFile*>& VectorFile::all() {
  return registry();
}

VectorFile::Outcome VectorFile::run(const std::string& folder) const {
  Outcome outcome;
  std::ifstream file(folder + "/" + path_);
  if (!file) {
    std::printf("NOTICE: NOT RUN, no file %s below SOTTO_REFERENCE_DIR\n", path_);
    return outcome;
  }
  outcome.present = true;
  const Case cases = Case::parse(file);
  Report report;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (!applies_(cases[i])) {
      ++outcome.left_out;
      continue;
    }
    ++outcome.ran;
    report.begin_case(std::string(path_) + ", case " + std::to_string(i));
    const std::size_t before = report.expectations();
    check_(cases[i], report);
    if (report.expectations() == before) report.expect("something was checked", false);
  }
  report.begin_case(path_);
  if (outcome.ran != cases_) report.expect("all cases ran that should", false);
  outcome.expectations = report.expectations();
  outcome.failures = report.failures();
  std::printf(
      "vectors: %zu cases of %s (%zu expectations), %zu of other suites or modes left out\n",
      outcome.ran, path_, outcome.expectations, outcome.left_out);
  return outcome;
}

}  // namespace sotto::mls::vectors
