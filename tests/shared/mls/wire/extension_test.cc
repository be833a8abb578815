#include "mls/wire/extension.h"

#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

struct List {
  Extensions extensions;
};
void read(Reader& in, List& list) {
  read_extensions(in, list.extensions);
}
void write(Writer& out, const List& list) {
  write_vector(out, list.extensions);
}

constexpr auto kUnknown = static_cast<ExtensionType>(0xbeef);
constexpr auto kGrease = static_cast<ExtensionType>(0x0a0a);

TEST(Extension, OfAnUnknownTypeIsCarriedAsItIs) {
  test::expect_strict(List{{{kUnknown, {1, 2, 3}}, {kGrease, {}}, {ExtensionType{}, {0}}}});
}

TEST(Extension, MayStandOnceInAList) {
  Bytes twice = encode(List{{{kGrease, {1}}, {kUnknown, {}}, {kGrease, {2}}}});
  EXPECT_EQ(test::error_of<List>(twice), Error::kMalformed);
}

TEST(Extension, ListsAsLongAsThereAreTypesAreReadInLittleTime) {
  List all;
  for (std::uint32_t type = 0; type <= 0xffff; ++type) {
    all.extensions.push_back({static_cast<ExtensionType>(0xffff - type), {}});
  }
  EXPECT_TRUE(decode<List>(encode(all)));
  all.extensions.push_back({kGrease, {}});
  EXPECT_EQ(test::error_of<List>(encode(all)), Error::kMalformed);
}

TEST(Extension, IsFoundByItsType) {
  Extensions extensions = {{kUnknown, {1}}, {kGrease, {2}}};
  EXPECT_EQ(find_extension(extensions, kGrease)->extension_data, Bytes{2});
  EXPECT_EQ(find_extension(extensions, ExtensionType::kRatchetTree), nullptr);
}

TEST(Extension, ReplacesTheOneOfItsType) {
  Extensions extensions = {{kUnknown, {1}}, {kGrease, {2}}};
  set_extension(extensions, {kUnknown, {3}});
  set_extension(extensions, {ExtensionType::kExternalPub, {4}});
  EXPECT_EQ(extensions,
            (Extensions{{kUnknown, {3}}, {kGrease, {2}}, {ExtensionType::kExternalPub, {4}}}));
}

}  // namespace
}  // namespace sotto::mls
