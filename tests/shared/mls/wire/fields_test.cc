#include "mls/wire/fields.h"

#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

TEST(Fields, AVersionIsMls10OrUnsupported) {
  for (auto [text, supported] : {std::pair{"0001", true}, {"0000", false}, {"0002", false}}) {
    Bytes bytes = test::from_hex(text);
    Reader in(bytes);
    ProtocolVersion version{};
    read_version(in, version);
    EXPECT_EQ(in.finish().has_value(), supported);
    if (supported) continue;
    EXPECT_EQ(in.finish().error(), Error::kUnsupported);
  }
}

TEST(Fields, AReferenceIsAtLeastAsLongAsTheShortestHash) {
  for (std::size_t size : {0, 31, 32, 48, 64}) {
    Writer out;
    out.opaque(Bytes(size, 1));
    Bytes bytes = std::move(out).take();
    Reader in(bytes);
    Bytes reference;
    read_reference(in, reference);
    EXPECT_EQ(in.finish().has_value(), size >= 32);
  }
}

TEST(Fields, GreaseIsTheFifteenReservedValues) {
  int count = 0;
  for (std::uint32_t value = 0; value <= 0xffff; ++value) {
    if (is_grease(static_cast<std::uint16_t>(value))) ++count;
  }
  EXPECT_EQ(count, 15);
  EXPECT_TRUE(is_grease(0x0a0a) && is_grease(0xeaea));
  EXPECT_FALSE(is_grease(0xfafa) || is_grease(0x0a1a));
}

}  // namespace
}  // namespace sotto::mls
