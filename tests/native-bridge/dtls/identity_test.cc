#include "dtls/identity.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

TEST(Identity, EachProcessHasItsOwn) {
  EXPECT_NE(Identity().fingerprint(), Identity().fingerprint());
}

TEST(Identity, ItsContextIsReady) {
  EXPECT_NE(Identity().server_context(), nullptr);
}

}  // namespace
}  // namespace sotto::bridge
