#include "mls/wire/credential.h"

#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

using test::error_of;
using test::from_hex;

TEST(Credential, OfABasicIdentityIsTypeAndName) {
  Credential credential = basic_credential(as_bytes("Ada"));
  EXPECT_EQ(to_hex(encode(credential)), "000103416461");
  test::expect_strict(credential);
}

TEST(Credential, KeepsAChainOfCertificatesInItsOrder) {
  Credential credential{CredentialType::kX509, {}, {{{1, 2}}, {{}}, {Bytes(100, 3)}}};
  test::expect_strict(credential);
  EXPECT_EQ(decode<Credential>(encode(credential))->certificates, credential.certificates);
}

TEST(Credential, OfAnotherTypeCannotBeReadGreaseAmongThem) {
  for (const char* text : {"000000", "000300", "0a0a00", "f00000"}) {
    EXPECT_EQ(error_of<Credential>(from_hex(text)), Error::kUnsupported) << text;
  }
}

}  // namespace
}  // namespace sotto::mls
