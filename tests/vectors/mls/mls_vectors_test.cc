#include <gtest/gtest.h>

#include <algorithm>

#include "crypto/init.h"
#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

class MlsVectors : public testing::TestWithParam<const VectorFile*> {};

TEST_P(MlsVectors, Match) {
  ASSERT_TRUE(initialize_crypto());
  const char* folder = std::getenv("SOTTO_REFERENCE_DIR");
  const auto outcome = GetParam()->run(folder == nullptr ? "." : folder);
  for (const std::string& failure : outcome.failures) ADD_FAILURE() << failure;
}

std::string name_of(const testing::TestParamInfo<const VectorFile*>& info) {
  std::string name = info.param->path();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !std::isalnum(c); }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Published, MlsVectors, testing::ValuesIn(VectorFile::all()), name_of);

}  // namespace
}  // namespace sotto::mls::vectors
