#include "mls/wire/writer.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace sotto::mls {
namespace {

TEST(Writer, WritesIntegersMostSignificantByteFirst) {
  Writer out;
  out.u8(0x01);
  out.u16(0x0203);
  out.u32(0x04050607);
  out.u64(0x08090a0b0c0d0e0f);
  EXPECT_EQ(to_hex(std::move(out).take()), "0102030405060708090a0b0c0d0e0f");
}

TEST(Writer, PutsALengthInTheLeastNumberOfBytes) {
  struct Case {
    std::size_t size;
    const char* header;
  };
  for (auto [size, header] :
       {Case{0, "00"}, {63, "3f"}, {64, "4040"}, {16383, "7fff"}, {16384, "80004000"}}) {
    Bytes body(size, 0xee);
    Writer opaque;
    opaque.opaque(body);
    Writer vector;
    vector.vector([&] { vector.bytes(body); });
    std::string expected = header + to_hex(body);
    EXPECT_EQ(to_hex(std::move(opaque).take()), expected);
    EXPECT_EQ(to_hex(std::move(vector).take()), expected);
  }
}

TEST(Writer, NestsVectors) {
  Writer out;
  out.u8(0xaa);
  out.vector([&] {
    out.vector([&] { out.u16(0x0102); });
    out.vector([] {});
  });
  out.u8(0xbb);
  EXPECT_EQ(to_hex(std::move(out).take()), "aa0402010200bb");
}

TEST(Writer, GivesNothingRatherThanALengthThatDoesNotFit) {
  std::uint8_t byte = 0;
  Writer out;
  out.u8(1);
  // Never looked at.
  out.opaque(ByteView(&byte, Writer::kLongestVector + 1));
  EXPECT_TRUE(std::move(out).take().empty());
}

}  // namespace
}  // namespace sotto::mls
