#include "media/av1_obu.h"

#include <gtest/gtest.h>

#include <vector>

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

Result<Obu> read(const Bytes& bytes) {
  ByteReader reader(bytes);
  return read_obu(reader);
}

TEST(Av1Obu, WithoutSizeReachesToTheEnd) {
  const Bytes bytes = {0x30, 1, 2, 3};
  const Obu obu = *read(bytes);
  EXPECT_EQ(obu.type, ObuType::kFrame);
  EXPECT_EQ(obu.payload.size(), 3u);
}

TEST(Av1Obu, HasASizeInLeb128AndMayHaveAnExtension) {
  Bytes bytes = {0x0e, 0x48, 0x80, 0x01};  // type 1, extension, 128 bytes
  bytes.resize(bytes.size() + 130);
  ByteReader reader(bytes);
  const Obu obu = *read_obu(reader);
  EXPECT_EQ(obu.type, ObuType::kSequenceHeader);
  EXPECT_EQ(obu.payload.size(), 128u);
  EXPECT_EQ(reader.remaining(), 2u);
}

TEST(Av1Obu, IsRefusedWhenItsSizeLies) {
  EXPECT_EQ(read({}).error(), Error::kTruncated);
  EXPECT_EQ(read({0x32}).error(), Error::kTruncated);
  EXPECT_EQ(read({0x32, 3, 1, 2}).error(), Error::kTruncated);
  EXPECT_EQ(read({0x34}).error(), Error::kTruncated) << "extension byte missing";
  EXPECT_EQ(read({0xb0, 1}).error(), Error::kMalformed) << "forbidden bit";
  EXPECT_EQ(read({0x32, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}).error(), Error::kMalformed)
      << "leb128 without an end";
  EXPECT_EQ(read({0x32, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01}).error(), Error::kMalformed)
      << "a size over 32 bits";
}

}  // namespace
}  // namespace sotto
