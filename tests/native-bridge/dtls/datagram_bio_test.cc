#include "dtls/datagram_bio.h"

#include <gtest/gtest.h>
#include <openssl/bio.h>

#include <memory>

namespace sotto::bridge {
namespace {

TEST(DatagramBio, KeepsTheBoundariesOfDatagrams) {
  DatagramBio datagrams;
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(datagrams.make(), BIO_free);
  EXPECT_EQ(BIO_write(bio.get(), "one", 3), 3);
  EXPECT_EQ(BIO_write(bio.get(), "two!", 4), 4);
  const auto output = datagrams.take_output();
  ASSERT_EQ(output.size(), 2u);
  EXPECT_EQ(as_text(output[1]), "two!");
  EXPECT_TRUE(datagrams.take_output().empty());
}

TEST(DatagramBio, OneReadTakesOneDatagramAndThenItWantsMore) {
  DatagramBio datagrams;
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(datagrams.make(), BIO_free);
  datagrams.set_input(as_bytes("datagram"));
  char buffer[4];
  EXPECT_EQ(BIO_read(bio.get(), buffer, 4), 4);  // the rest is lost, as with a socket
  EXPECT_EQ(BIO_read(bio.get(), buffer, 4), -1);
  EXPECT_TRUE(BIO_should_retry(bio.get()));
}

}  // namespace
}  // namespace sotto::bridge
