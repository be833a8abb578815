#include "dtls/certificate.h"

#include <gtest/gtest.h>
#include <openssl/x509.h>

#include <vector>

namespace sotto::bridge {
namespace {

TEST(Certificate, IsSelfSignedOnP256AndNamedByItsFingerprint) {
  const auto certificate = Certificate::generate();
  ASSERT_TRUE(certificate);
  EXPECT_EQ(X509_verify(certificate->x509.get(), certificate->key.get()), 1);
  EXPECT_EQ(EVP_PKEY_get_bits(certificate->key.get()), 256);

  std::uint8_t* der = nullptr;
  const int size = i2d_X509(certificate->x509.get(), &der);
  ASSERT_GT(size, 0);
  EXPECT_EQ(certificate->fingerprint(),
            Fingerprint::of(ByteView(der, static_cast<std::size_t>(size))));
  OPENSSL_free(der);
}

TEST(Certificate, TellsNothingAboutTheMachineOrTheMoment) {
  const auto certificate = Certificate::generate();
  ASSERT_TRUE(certificate);
  const X509* x509 = certificate->x509.get();
  char subject[64];
  X509_NAME_oneline(X509_get_subject_name(x509), subject, sizeof subject);
  EXPECT_STREQ(subject, "/CN=sotto");
  EXPECT_EQ(X509_cmp_time(X509_get0_notBefore(x509), nullptr), -1);
  EXPECT_EQ(X509_cmp_time(X509_get0_notAfter(x509), nullptr), 1);
}

}  // namespace
}  // namespace sotto::bridge
